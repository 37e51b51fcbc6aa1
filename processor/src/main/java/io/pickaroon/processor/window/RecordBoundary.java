package io.pickaroon.processor.window;

import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;

/** Searches a file backwards for the place where a record ended. */
public final class RecordBoundary {
    private static final int FIRST_CHUNK_BYTES = 2 * 1024;
    private static final int LARGEST_CHUNK_BYTES = 16 * 1024;

    private RecordBoundary() {}

    /**
     * The last place at which a record ended, that is, right after a delimiter.
     *
     * @param range must reach from the delimiter's lead before {@code lowestOffset}, or the start of the file, to {@code endOffset}
     * @param lowestOffset the delimiter's last byte is at or after this offset
     * @param endOffset the delimiter's last byte is before this offset
     * @return an offset in {@code (lowestOffset, endOffset]}, or -1 if no record ends there
     */
    public static long lastBefore(MappedRange range, long lowestOffset, long endOffset, Delimiter delimiter)
            throws IOException {
        // A little more, so that a delimiter that begins before the lowest offset is seen.
        int lead = delimiter.leadBytes();
        byte lastByte = delimiter.lastByte();
        long mappedLowest = Math.max(range.offset(), lowestOffset - lead);
        byte[] chunk = new byte[(int) Math.min(FIRST_CHUNK_BYTES, Math.max(0, endOffset - mappedLowest))];
        long end = endOffset;
        while (end > lowestOffset) {
            long start = Math.max(mappedLowest, end - chunk.length);
            int length = (int) (end - start);
            range.copy(start, chunk, 0, length);
            // The first bytes of a chunk are judged in the next one, together with their neighbours to the left.
            int first = start > mappedLowest ? lead : (int) (lowestOffset - start);
            for (int i = length - 1; i >= first; i--) {
                if (chunk[i] == lastByte && delimiter.endsRecord(chunk, 0, i)) {
                    return start + i + 1;
                }
            }
            end = start > mappedLowest ? start + lead : lowestOffset;
            if (chunk.length < LARGEST_CHUNK_BYTES) {
                chunk = new byte[(int) Math.min(LARGEST_CHUNK_BYTES, Math.max(0, end - mappedLowest))];
            }
        }
        return -1;
    }
}
