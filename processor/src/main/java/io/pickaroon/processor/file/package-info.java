/**
 * An open log file: its identity, which survives a rename, the ranges through which its bytes are read and changed, and the
 * watch that reports changes in its directory. Knows nothing of records.
 */
package io.pickaroon.processor.file;
