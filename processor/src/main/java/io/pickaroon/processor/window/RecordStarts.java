package io.pickaroon.processor.window;

/**
 * Which lines start a record. A line is judged by what stands in itself alone, so that every cut into windows and every
 * restart gives the same records. Thread-safe.
 */
public interface RecordStarts {
    /** Number of bytes at the start of a line that decide, at most. */
    int DECIDING_BYTES = 4 * 1024;

    /** A test for one thread at a time. */
    LineTest newTest();

    /** The same for all that judge lines alike, in every run; different for others. */
    String description();

    /** Judges one line after the other. */
    interface LineTest {
        /** True if the line whose content, or the first {@link #DECIDING_BYTES} of it, is {@code [from, to)} starts a record. */
        boolean startsRecord(byte[] bytes, int from, int to);
    }
}
