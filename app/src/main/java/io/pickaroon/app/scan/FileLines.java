package io.pickaroon.app.scan;

import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lines of a file, read where they stand: forwards in blocks that are kept, backwards in steps. Memory does not depend on
 * how long or how many they are. Used by one thread at a time.
 */
final class FileLines {
    private static final int BLOCK_BYTES = 128 * 1024;
    private static final int FIRST_STEP_BYTES = 4 * 1024;
    private static final byte LINE_FEED = '\n';

    private final byte[] block = new byte[BLOCK_BYTES];
    private LogFile file;
    /** Offset of the block's first byte in the file, and how many it has. */
    private long blockOffset;

    private int filled;
    private byte[] step = new byte[FIRST_STEP_BYTES];

    /** The file, of which more may have arrived. */
    void of(LogFile read) {
        file = read;
    }

    /** The offset after the line that an offset is in, with its line feed if it has one. */
    long endOf(long offset) throws IOException {
        long at = offset;
        while (load(at)) {
            int from = (int) (at - blockOffset);
            int lineFeed = indexOfLineFeed(from);
            if (lineFeed >= 0) {
                return blockOffset + lineFeed + 1;
            }
            if (blockOffset < offset) {
                // The block begins with the line, so that the line is not read twice to be copied.
                fill(offset, block.length);
                at = offset;
            } else {
                at = blockOffset + filled;
            }
        }
        return at;
    }

    /** Writes the bytes up to an offset, and a line feed if they do not end with one. */
    void copy(long from, long to, OutputStream output) throws IOException {
        byte last = LINE_FEED;
        for (long at = from; at < to && load(at); ) {
            int index = (int) (at - blockOffset);
            int length = (int) Math.min(to - at, filled - index);
            output.write(block, index, length);
            last = block[index + length - 1];
            at += length;
        }
        if (last != LINE_FEED) {
            output.write(LINE_FEED);
        }
    }

    /** True if there is a NUL byte. */
    boolean holdsNul(long from, long to) throws IOException {
        for (long at = from; at < to && load(at); ) {
            int index = (int) (at - blockOffset);
            int length = (int) Math.min(to - at, filled - index);
            if (RecordPrinter.holdsNul(block, index, index + length)) {
                return true;
            }
            at += length;
        }
        return false;
    }

    /** Makes sure that the block has the byte at an offset; false at the end of the file. */
    private boolean load(long offset) throws IOException {
        if (offset < blockOffset || offset >= blockOffset + filled) {
            // Where lines are read one after the other, more are wanted.
            boolean goesOn = offset == blockOffset + filled;
            fill(offset, goesOn ? block.length : FIRST_STEP_BYTES);
        }
        return filled > 0;
    }

    private void fill(long offset, int lengthBytes) throws IOException {
        blockOffset = offset;
        filled = file.readUpTo(offset, block, 0, lengthBytes);
    }

    private int indexOfLineFeed(int from) {
        for (int i = from; i < filled; i++) {
            if (block[i] == LINE_FEED) {
                return i;
            }
        }
        return -1;
    }

    /** Where some lines start, and how many they are. */
    record Back(long offset, long lines) {}

    /**
     * The lines that end at an offset.
     *
     * @param end where a line starts
     * @param lowest where one starts, too, or what can be read does: no line before it is counted
     * @param most how many are wanted
     */
    Back back(long end, long lowest, long most) throws IOException {
        long lines = 0;
        int stepBytes = FIRST_STEP_BYTES;
        // The line feed right before the end belongs to the first line that is counted.
        for (long at = end - 1; at > lowest && lines < most; ) {
            int length = (int) Math.min(stepBytes, at - lowest);
            boolean isNear = at == end - 1 && loadAround(at - length, at);
            if (!isNear) {
                file.read(at - length, step, 0, length);
            }
            byte[] bytes = isNear ? block : step;
            int first = isNear ? (int) (at - length - blockOffset) : 0;
            for (int i = first + length - 1; i >= first; i--) {
                if (bytes[i] == LINE_FEED && ++lines == most) {
                    return new Back(at - length + i - first + 1, lines);
                }
            }
            at -= length;
            stepBytes = Math.min(2 * stepBytes, BLOCK_BYTES);
            step = step.length < stepBytes ? new byte[stepBytes] : step;
        }
        return lines < most && lowest < end ? new Back(lowest, lines + 1) : new Back(end, 0);
    }

    /** Makes sure that the block has the bytes between two offsets, and some after them; false if they are not all there. */
    private boolean loadAround(long from, long to) throws IOException {
        if (from < blockOffset || to > blockOffset + filled) {
            fill(from, (int) (to - from) + FIRST_STEP_BYTES);
        }
        return to <= blockOffset + filled;
    }
}
