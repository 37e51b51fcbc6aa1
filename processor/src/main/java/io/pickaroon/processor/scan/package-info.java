/**
 * Records and matches of a window: rules, multiline records, and the edits that fixes will make. One scanner may be used by
 * any number of threads, each with a workspace of its own.
 */
package io.pickaroon.processor.scan;
