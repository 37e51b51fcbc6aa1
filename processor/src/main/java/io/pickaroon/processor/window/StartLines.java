package io.pickaroon.processor.window;

import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;

/**
 * Finds lines of a file that start a record, where not every line does. Used by one thread at a time.
 *
 * <p>The ranges passed to it reach {@link #lookAheadBytes} further than the last line start in question, or to the
 * limit of what may be read, which is taken as the end of a line.
 */
public final class StartLines {
    private static final int BLOCK_BYTES = 32 * 1024;

    private final Delimiter delimiter;
    private final RecordStarts.LineTest test;
    private final int decidingBytes;
    private final byte[] block;

    /** @param starts which lines they are */
    public StartLines(RecordStarts starts, RecordFormat format) {
        this.delimiter = format.delimiter();
        this.test = starts.newTest();
        this.decidingBytes = Math.min(RecordStarts.DECIDING_BYTES, format.maxRecordBytes());
        this.block = new byte[Delimiter.MAX_BYTES + BLOCK_BYTES + lookAheadBytes()];
    }

    /** Number of bytes from the start of a line that decide whether it starts a record. */
    public int lookAheadBytes() {
        return decidingBytes + Delimiter.MAX_BYTES;
    }

    /**
     * True if a line starts a record.
     *
     * @param lineStart index of its first byte
     * @param lineEnd index of the last byte of its delimiter, -1 if that is not among the first {@link #lookAheadBytes}
     * @param end exclusive end of what is known of the file
     */
    public boolean isStart(byte[] bytes, int lineStart, int lineEnd, int end) {
        int contentEnd = lineEnd < 0 ? end : delimiter.contentEnd(bytes, lineStart, lineEnd);
        return test.startsRecord(bytes, lineStart, Math.min(contentEnd, lineStart + decidingBytes));
    }

    /**
     * The last line in a stretch that starts a record.
     *
     * @param lowestOffset it starts after this offset
     * @param highestOffset and at or before this one
     * @return where it starts, or -1
     */
    public long lastAtOrBefore(MappedRange range, long lowestOffset, long highestOffset) throws IOException {
        for (long highest = highestOffset; highest > lowestOffset; ) {
            long lowest = Math.max(lowestOffset, highest - BLOCK_BYTES);
            long blockOffset = Math.max(range.offset(), lowest + 1 - Delimiter.MAX_BYTES);
            int length = fill(range, blockOffset, highest);
            for (long start = highest; start > lowest; start--) {
                if (isStart((int) (start - blockOffset), length)) {
                    return start;
                }
            }
            highest = lowest;
        }
        return -1;
    }

    /**
     * The first line in a stretch that starts a record.
     *
     * @param fromOffset it starts here or later
     * @param stopOffset and before this offset
     * @return where it starts, or -1
     */
    public long firstFrom(MappedRange range, long fromOffset, long stopOffset) throws IOException {
        for (long from = fromOffset; from < stopOffset; ) {
            long stop = Math.min(stopOffset, from + BLOCK_BYTES);
            long blockOffset = Math.max(range.offset(), from - Delimiter.MAX_BYTES);
            int length = fill(range, blockOffset, stop - 1);
            for (long start = from; start < stop; start++) {
                if (isStart((int) (start - blockOffset), length)) {
                    return start;
                }
            }
            from = stop;
        }
        return -1;
    }

    /**
     * True if nothing that is appended at the limit can change how the last line is judged: the line is empty, or
     * longer than what decides.
     */
    public boolean isLastLineDecided(MappedRange range, long limitOffset) throws IOException {
        long lowest = Math.max(range.offset(), limitOffset - lookAheadBytes());
        long lineStart = RecordBoundary.lastBefore(range, lowest, limitOffset, delimiter);
        return lineStart < 0 || lineStart == limitOffset;
    }

    private int fill(MappedRange range, long fromOffset, long lastStartOffset) throws IOException {
        int length = (int) (Math.min(range.endOffset(), lastStartOffset + lookAheadBytes()) - fromOffset);
        range.copy(fromOffset, block, 0, length);
        return length;
    }

    private boolean isStart(int lineStart, int length) {
        return isLineStart(lineStart, length) && isStart(block, lineStart, lineEnd(lineStart, length), length);
    }

    /** True if a line begins there and has a byte, at least. */
    private boolean isLineStart(int index, int length) {
        return index > 0
                && index < length
                && block[index - 1] == delimiter.lastByte()
                && delimiter.endsRecord(block, 0, index - 1);
    }

    private int lineEnd(int lineStart, int length) {
        int stop = Math.min(length, lineStart + lookAheadBytes());
        for (int i = lineStart; i < stop; i++) {
            if (block[i] == delimiter.lastByte() && delimiter.endsRecord(block, lineStart, i)) {
                return i;
            }
        }
        return -1;
    }
}
