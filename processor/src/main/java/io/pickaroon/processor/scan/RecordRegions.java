package io.pickaroon.processor.scan;

import java.io.IOException;

/**
 * Cuts a window into records: reads regions of complete records into the workspace's buffer and lets the rules walk over
 * them. Used by one thread at a time. It does not decide where a window starts or ends; {@link WindowScan} does.
 */
sealed interface RecordRegions permits LineRegions, MemchrRegions, MultilineRegions {
    /** What {@link #read} has found. */
    enum Found {
        RECORDS,
        /** Records, the last of which is ended by the limit of the window and not by a delimiter. */
        RECORDS_TO_LIMIT,
        /** The record at the start of the buffer is too long. */
        OVERSIZED_RECORD,
        NONE
    }

    /** Empties the buffer; the next record starts at this offset in the file. */
    void restart(long offset);

    /** True if the region has records that the rules have not seen. */
    boolean hasRecords();

    /** Where the next record of the region starts, as an offset in the file. */
    long nextRecord();

    /** Reads the next region with records of this window. {@link Found#NONE} if no further record starts in it. */
    Found read() throws IOException;

    /** Walks over the region, until the part is full. */
    void scan() throws IOException;

    /**
     * Skips the record at the start of the buffer, which is too long, up to the end of the window at most.
     *
     * @return where it ends, or -1 if that is after the window
     */
    long skipOversizedRecord() throws IOException;

    /** The last offset in {@code (lowest, highest]} at which the file shows that a record starts, or -1. */
    long lastStart(long lowest, long highest) throws IOException;

    /**
     * The first offset at or after {@code from}, and at most {@code stop}, at which the file shows that a record starts.
     * Where lines are judged it is before {@code stop}.
     *
     * @param recordStart a place at or after which the record starts that {@code from} lies in
     * @return -1 if there is none
     */
    long firstStart(long recordStart, long from, long stop) throws IOException;

    /** True if nothing that is appended at the limit can change how the last line there is judged. */
    boolean isLastLineDecided() throws IOException;
}
