package io.pickaroon.processor.window;

import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * Walks over the records of a file from one to its neighbour, forwards and backwards, by places alone. It reads the file in
 * blocks where it walks, and keeps the last one, so that neighbours are read once. Memory does not depend on how long or how
 * many records are: a block is at most 128 KiB and what decides on a line. Used by one thread at a time.
 */
public final class RecordWalk {
    private static final int BLOCK_BYTES = 128 * 1024;
    private static final int FIRST_STEP_BYTES = 4 * 1024;
    private static final long NONE = -1;

    private final RecordFormat format;
    private final Delimiter delimiter;
    /** Judges lines; null where every line is a record. */
    private final StartLines lines;
    /** What is read behind a place when the walk goes backwards from it. */
    private final int aheadBytes;

    private LogFile file;
    private long limitOffset;
    private byte[] block = {};
    /** Offset of the block's first byte in the file, and how many it has. */
    private long blockOffset;

    private int filled;
    /** How much was read last, and is read next where the walk goes on in the same direction. */
    private int stepBytes = FIRST_STEP_BYTES;

    public RecordWalk(RecordFormat format) {
        this.format = format;
        this.delimiter = format.delimiter();
        this.lines =
                format.starts().map(starts -> new StartLines(starts, format)).orElse(null);
        this.aheadBytes = lines == null ? FIRST_STEP_BYTES : Math.max(FIRST_STEP_BYTES, lines.lookAheadBytes());
    }

    /** The file, of which more may have arrived. All that it has may be read. */
    public void of(LogFile read) {
        file = read;
        limitOffset = Long.MAX_VALUE;
    }

    /**
     * Begins with a file, of which nothing is known.
     *
     * @param limit up to where it is read; a record that no delimiter ends before ends there. The file reaches that far
     */
    public void begin(LogFile read, long limit) {
        file = read;
        limitOffset = limit;
        filled = 0;
    }

    /** The offset after the record that an offset is in, with its delimiter if it has one. */
    public long endOf(long offset) throws IOException {
        return endOf(offset, Long.MAX_VALUE);
    }

    /**
     * The offset after the record that an offset is in, with its delimiter if it has one.
     *
     * @param offset not within a delimiter
     * @param stop where the search may end
     * @return -1 if nothing ends the record up to there
     */
    public long endOf(long offset, long stop) throws IOException {
        long end = endOfLine(offset, stop);
        while (lines != null && end >= 0 && load(end, end) && !startsRecord(end)) {
            end = endOfLine(end, stop);
        }
        return end;
    }

    /**
     * Where the record before another one starts.
     *
     * @param start where the other one starts
     * @param lowest the record starts after this offset, which is at least 0
     * @return -1 if no record starts between them
     */
    public long previous(long start, long lowest) throws IOException {
        long line = previousLine(start, lowest);
        while (lines != null && line >= 0 && !startsRecord(line)) {
            line = previousLine(line, lowest);
        }
        return line;
    }

    /**
     * True if the bytes show that a record starts at an offset, which is before the limit.
     *
     * @param lowest before the offset; nothing is read before this one but a part of a delimiter
     */
    public boolean isStart(long offset, long lowest) throws IOException {
        return previousLine(offset + 1, lowest) == offset && (lines == null || startsRecord(offset));
    }

    /** Where some records start, and how many they are. */
    public record Back(long offset, long records) {}

    /**
     * The records that end at an offset.
     *
     * @param end where a record starts
     * @param lowest where one starts, too, or what can be read does: no record before it is counted
     * @param most how many are wanted
     */
    public Back back(long end, long lowest, long most) throws IOException {
        long at = end;
        long records = 0;
        while (records < most && at > lowest) {
            at = Math.max(lowest, previous(at, lowest));
            records++;
        }
        return new Back(at, records);
    }

    /** Where the content of a record ends. */
    public long contentEnd(long start, long end) throws IOException {
        int tail = (int) Math.min(Delimiter.MAX_BYTES, end - start);
        loadAround(end - tail, end);
        int index = (int) (end - blockOffset);
        return blockOffset + format.contentEnd(block, index - tail, index);
    }

    /** Copies bytes; those of the block as they were when it was read. */
    public void copy(long from, int lengthBytes, byte[] target) throws IOException {
        if (from >= blockOffset && from + lengthBytes <= blockOffset + filled) {
            System.arraycopy(block, (int) (from - blockOffset), target, 0, lengthBytes);
        } else {
            file.read(from, target, 0, lengthBytes);
        }
    }

    /** Takes bytes of the file. */
    @FunctionalInterface
    public interface Bytes {
        /** Returns whether those that follow are wanted. */
        boolean accept(byte[] bytes, int start, int end) throws IOException;
    }

    /** Passes on the bytes between two offsets, in order, as far as the file has them. */
    public void visit(long from, long to, Bytes target) throws IOException {
        for (long at = from; at < to && load(at, at); ) {
            int index = (int) (at - blockOffset);
            int length = (int) Math.min(to - at, filled - index);
            if (!target.accept(block, index, index + length)) {
                return;
            }
            at += length;
        }
    }

    private long endOfLine(long offset, long stop) throws IOException {
        long at = offset;
        while (at < stop && load(at, offset)) {
            int end = indexOfEnd((int) Math.max(0, offset - blockOffset), (int) (at - blockOffset), filled);
            if (end >= 0) {
                return blockOffset + end + 1;
            }
            if (blockOffset < offset) {
                // The block begins with the line, so that the line is not read twice to be copied.
                fill(offset, step(true));
                at = offset;
            } else {
                at = blockOffset + filled;
            }
        }
        return at < stop || at >= limitOffset ? at : NONE;
    }

    /** Index of the last byte of the first delimiter that ends the line which starts at an index, or -1. */
    private int indexOfEnd(int lineStart, int from, int to) {
        byte lastByte = delimiter.lastByte();
        for (int i = from; i < to; i++) {
            if (block[i] == lastByte && delimiter.endsRecord(block, lineStart, i)) {
                return i;
            }
        }
        return -1;
    }

    private long previousLine(long start, long lowest) throws IOException {
        byte lastByte = delimiter.lastByte();
        int lead = delimiter.leadBytes();
        // The delimiter right before the start belongs to the line that is looked for.
        for (long at = start - 1; at > lowest; ) {
            long from = searchable(at, lowest, lead);
            for (int i = (int) (at - 1 - blockOffset); i >= from - blockOffset; i--) {
                if (block[i] == lastByte && delimiter.endsRecord(block, 0, i)) {
                    return blockOffset + i + 1;
                }
            }
            at = from;
        }
        return NONE;
    }

    /** Makes sure that the block has bytes right before an offset; returns from where on they can be judged. */
    private long searchable(long at, long lowest, int lead) throws IOException {
        long from = Math.max(lowest, blockOffset == 0 ? 0 : blockOffset + lead);
        if (from < at && at <= blockOffset + filled) {
            return from;
        }
        boolean goesOn = filled > 0 && at >= blockOffset && at <= blockOffset + lead;
        from = Math.max(lowest, at - step(goesOn));
        loadAround(Math.max(0, from - lead), at);
        return from;
    }

    /** Makes sure that the block has the bytes between two offsets, which the file has, and some after them. */
    private void loadAround(long from, long to) throws IOException {
        if (from < blockOffset || to > blockOffset + filled) {
            int wanted = (int) (to - from);
            fill(from, wanted + aheadBytes);
            if (filled < wanted) {
                throw new FileTruncatedException(file.path(), to, blockOffset + filled);
            }
        }
    }

    /** True if the line that starts at an offset, where the file has a byte, starts a record. */
    private boolean startsRecord(long offset) throws IOException {
        long end = Math.min(limitOffset, offset + lines.lookAheadBytes());
        if (offset < blockOffset || end > blockOffset + filled) {
            boolean goesOn = offset >= blockOffset && offset <= blockOffset + filled;
            fill(offset, Math.max(step(goesOn), aheadBytes));
        }
        int start = (int) (offset - blockOffset);
        int known = (int) Math.min(filled, start + (long) lines.lookAheadBytes());
        return lines.isStart(block, start, indexOfEnd(start, start, known), known);
    }

    /** Makes sure that the block has the byte at an offset, and what a delimiter has before it; false at the end. */
    private boolean load(long offset, long lowest) throws IOException {
        if (offset < blockOffset || offset >= blockOffset + filled) {
            // Where records are read one after the other, more are wanted.
            int lengthBytes = step(offset == blockOffset + filled);
            fill(Math.max(lowest, offset - delimiter.leadBytes()), lengthBytes);
        }
        return offset < blockOffset + filled;
    }

    private int step(boolean goesOn) {
        stepBytes = goesOn ? Math.min(2 * stepBytes, BLOCK_BYTES) : FIRST_STEP_BYTES;
        return stepBytes;
    }

    private void fill(long offset, int lengthBytes) throws IOException {
        int length = (int) Math.min(lengthBytes, Math.max(0, limitOffset - offset));
        if (block.length < length) {
            block = Arrays.copyOf(block, Math.max(length, Math.min(2 * block.length, BLOCK_BYTES)));
        }
        blockOffset = offset;
        filled = 0;
        filled = file.readUpTo(offset, block, 0, length);
        if (filled < length && limitOffset != Long.MAX_VALUE) {
            throw new FileTruncatedException(file.path(), offset + length, offset + filled);
        }
    }
}
