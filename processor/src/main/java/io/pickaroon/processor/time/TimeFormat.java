package io.pickaroon.processor.time;

/** How the time of a record is read. Thread-safe; each thread opens a reader of its own. */
public interface TimeFormat {
    /** A record has no time of its own. */
    long NONE = -1;

    /** True if times may have no year: it is counted back from when the file was changed last. */
    boolean mayLackYear();

    /**
     * How much later than it is read a time may be, in milliseconds: what the clock is set back by at the end of daylight saving
     * time, where the times do not say their offset; else 0.
     */
    long repeatedMillis();

    /** A reader for one thread. */
    Reader open();

    /** Reads the times of records, one after the other. */
    @FunctionalInterface
    interface Reader {
        /**
         * Reads the time of the record whose content, or the beginning of it, is {@code [from, to)}.
         *
         * @param latestMillis a time without a year is the last one that is not after this
         * @return milliseconds since 1970, or {@link #NONE}
         */
        long read(byte[] record, int from, int to, long latestMillis);
    }
}
