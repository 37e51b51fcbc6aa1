/**
 * How a file is cut: windows that end at the end of a record, the delimiter, and where records start after a position.
 * Plans only; the bytes of a window are matched in {@code scan}.
 */
package io.pickaroon.processor.window;
