package io.pickaroon.processor.container;

import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A stretch of a file in memory, which grows at its end as lines are looked for. Used by one thread at a time. */
final class LineBuffer {
    private static final int FIRST_READ_BYTES = 8 * 1024;
    private static final int MOST_READ_BYTES = 256 * 1024;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LINE_FEEDS = '\n' * ONES;

    private LogFile file;
    private long limitOffset;
    private byte[] bytes = {};
    /** Offset of the first byte in the file, and number of bytes. */
    private long offset;

    private int filled;
    private int readBytes;

    /** @param newLimitOffset nothing behind it is read */
    void begin(LogFile newFile, long from, long newLimitOffset) {
        file = newFile;
        limitOffset = newLimitOffset;
        readBytes = FIRST_READ_BYTES;
        restart(from);
    }

    /** Forgets everything, and goes on at an offset. */
    void restart(long from) {
        offset = from;
        filled = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    long offset(int index) {
        return offset + index;
    }

    /** Index of an offset that is in the buffer, or at its end. */
    int index(long of) {
        return (int) (of - offset);
    }

    /** True if a line feed is known to stand at an index. */
    boolean isLineFeed(int index) {
        return index < filled && bytes[index] == '\n';
    }

    /** True if nothing stands at an index, because it is at the limit. */
    boolean isLimit(int index) {
        return offset + index >= limitOffset;
    }

    /** Forgets the bytes before an index where that frees more than it moves. Returns how far the others have moved. */
    int discard(int before) {
        if (before < filled - before) {
            return 0;
        }
        System.arraycopy(bytes, before, bytes, 0, filled - before);
        offset += before;
        filled -= before;
        return before;
    }

    /**
     * Index of the line feed that ends the line at an index.
     *
     * @param stop index at which the search ends
     * @return the lower of the stop and the index of the limit if no line feed stands before; a line feed never stands there
     */
    int lineEnd(int line, int stop) throws IOException {
        int from = line;
        while (true) {
            int end = lineFeed(from, Math.min(filled, stop));
            if (end < filled || end >= stop || isLimit(filled)) {
                return end;
            }
            from = filled;
            fill();
        }
    }

    /** Where the line ends that an index is in, behind its line feed or at the limit, wherever that is. */
    long endOfLongLine(int index) throws IOException {
        byte[] step = new byte[MOST_READ_BYTES];
        for (long next = offset + index; next < limitOffset; ) {
            int length = (int) Math.min(step.length, limitOffset - next);
            file.read(next, step, 0, length);
            for (int i = 0; i < length; i++) {
                if (step[i] == '\n') {
                    return next + i + 1;
                }
            }
            next += length;
        }
        return limitOffset;
    }

    private void fill() throws IOException {
        int length = (int) Math.min(readBytes, limitOffset - offset - filled);
        int needed = Math.addExact(filled, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), Integer.MAX_VALUE - 16));
        }
        file.read(offset + filled, bytes, filled, length);
        filled += length;
        readBytes = Math.min(2 * readBytes, MOST_READ_BYTES);
    }

    /** Index of the first line feed in the range, or its end: eight bytes at a time. */
    private int lineFeed(int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long others = (long) LONGS.get(bytes, at) ^ LINE_FEEDS;
            long found = (others - ONES) & ~others & HIGH_BITS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
