/**
 * Archives and UTF-16 text as views of a file: decoded bytes have offsets like those of a plain file, so that windows,
 * positions and checkpoints need no case of their own. Nothing here changes a file.
 */
package io.pickaroon.processor.decode;
