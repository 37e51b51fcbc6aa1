package io.pickaroon.processor.container;

import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.util.Arrays;

/** The records that {@link RecordReader} has found, with their lines, in primitive arrays. Used by one thread at a time. */
final class RecordArrays {
    private static final int LINE_INTS = 6;
    private static final int IS_HEAD_ONLY = 1;
    /** Of a line that is not in the format. */
    static final int NO_STREAM = -1;

    private int count;
    private long[] starts = new long[64];
    private long[] fileBytes = new long[64];
    private long[] passedBytes = new long[64];
    private int[] firstLines = new int[65];
    private int[] lengths = new int[64];
    private int[] flags = new int[64];
    private byte[] streams = new byte[64];
    private Part[] parts = new Part[64];
    /** Of the position behind each record: offset, and how far each stream is done. */
    private long[] after = new long[3 * 64];

    private byte[] cuts = new byte[64];

    /** Of each line its start and end, those of its text, and where that begins in the record and how long it is there. */
    private int[] lines = new int[LINE_INTS * 64];

    private int lineCount;

    void clear() {
        count = 0;
        lineCount = 0;
    }

    int count() {
        return count;
    }

    /** Begins with a record, whose lines follow. Until {@link #end} it does not count. */
    void begin(long start) {
        if (count == starts.length) {
            grow(2 * count);
        }
        starts[count] = start;
        fileBytes[count] = 0;
        lineCount = firstLines[count];
    }

    private void grow(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        fileBytes = Arrays.copyOf(fileBytes, capacity);
        passedBytes = Arrays.copyOf(passedBytes, capacity);
        firstLines = Arrays.copyOf(firstLines, capacity + 1);
        lengths = Arrays.copyOf(lengths, capacity);
        flags = Arrays.copyOf(flags, capacity);
        streams = Arrays.copyOf(streams, capacity);
        parts = Arrays.copyOf(parts, capacity);
        after = Arrays.copyOf(after, 3 * capacity);
        cuts = Arrays.copyOf(cuts, capacity);
    }

    /**
     * Adds a line to the record.
     *
     * @param end exclusive, without the line feed
     * @param textAt where its text begins in the record
     * @param bytes of the file, with the line feed
     */
    void addLine(int start, int end, LineParts text, int textAt, long bytes) {
        if (LINE_INTS * lineCount == lines.length) {
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        int line = LINE_INTS * lineCount;
        lines[line] = start;
        lines[line + 1] = end;
        lines[line + 2] = text.textStart;
        lines[line + 3] = text.textEnd;
        lines[line + 4] = textAt;
        lines[line + 5] = text.textLength;
        fileBytes[count] += bytes;
        lineCount++;
    }

    /** Ends the record that was begun. */
    void end(int stream, int length, boolean isHeadOnly, Part part) {
        streams[count] = (byte) stream;
        lengths[count] = length;
        flags[count] = isHeadOnly ? IS_HEAD_ONLY : 0;
        parts[count] = part;
        count++;
        firstLines[count] = lineCount;
    }

    /** Adds to the bytes of the record that was begun. */
    void addBytes(long bytes) {
        fileBytes[count] += bytes;
    }

    /**
     * Where reading goes on behind the last record.
     *
     * @param passed bytes of lines between it and the record before it, which belong to others
     */
    void goesOnAt(long offset, long[] done, int newCuts, long passed) {
        int last = count - 1;
        passedBytes[last] = passed;
        after[3 * last] = offset;
        System.arraycopy(done, 0, after, 3 * last + 1, done.length);
        cuts[last] = (byte) newCuts;
    }

    long start(int record) {
        return starts[record];
    }

    long fileBytes(int record) {
        return fileBytes[record];
    }

    /** Bytes between the record before and the line behind its first one, without those of all its own lines. */
    long shiftedBytes(int record) {
        return passedBytes[record] + after[3 * record] - starts[record] - fileBytes[record];
    }

    int length(int record) {
        return lengths[record];
    }

    boolean isHeadOnly(int record) {
        return (flags[record] & IS_HEAD_ONLY) != 0;
    }

    /** Number of its stream; negative if it is not in the format. */
    int stream(int record) {
        return streams[record];
    }

    Part part(int record) {
        return parts[record];
    }

    Position after(int record) {
        StreamPlaces places = StreamPlaces.of(after[3 * record + 1], after[3 * record + 2], cuts[record]);
        return new Position(after[3 * record], true, places);
    }

    /** Number of its first line among all. */
    int firstLine(int record) {
        return firstLines[record];
    }

    /** Exclusive end of its lines. */
    int lastLine(int record) {
        return firstLines[record + 1];
    }

    int lineStart(int line) {
        return lines[LINE_INTS * line];
    }

    int lineEnd(int line) {
        return lines[LINE_INTS * line + 1];
    }

    int textStart(int line) {
        return lines[LINE_INTS * line + 2];
    }

    int textEnd(int line) {
        return lines[LINE_INTS * line + 3];
    }

    int textAt(int line) {
        return lines[LINE_INTS * line + 4];
    }

    int textLength(int line) {
        return lines[LINE_INTS * line + 5];
    }
}
