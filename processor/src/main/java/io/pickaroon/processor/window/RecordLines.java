package io.pickaroon.processor.window;

/** The lines of a record before and after a change that moves none of them. Used by one thread at a time. */
public final class RecordLines {
    private final Delimiter delimiter;
    private final RecordStarts.LineTest test;
    private final int decidingBytes;

    public RecordLines(RecordStarts starts, RecordFormat format) {
        this.delimiter = format.delimiter();
        this.test = starts.newTest();
        this.decidingBytes = Math.min(RecordStarts.DECIDING_BYTES, format.maxRecordBytes());
    }

    /**
     * True if the lines that have bytes of {@code [from, to)} start records after a change as they do before.
     *
     * @param before has the record at {@code start}
     * @param after has it at 0
     */
    public boolean areSame(byte[] before, int start, byte[] after, int length, int from, int to) {
        int line = from;
        while (line > 0 && !isEnd(after, 0, line - 1)) {
            line--;
        }
        while (line < to) {
            int end = line;
            while (end < length && !isEnd(after, line, end)) {
                end++;
            }
            int contentEnd = end < length ? delimiter.contentEnd(after, line, end) : length;
            int judged = Math.min(contentEnd, line + decidingBytes);
            if (test.startsRecord(before, start + line, start + judged) != test.startsRecord(after, line, judged)) {
                return false;
            }
            line = end + 1;
        }
        return true;
    }

    private boolean isEnd(byte[] record, int lineStart, int index) {
        return record[index] == delimiter.lastByte() && delimiter.endsRecord(record, lineStart, index);
    }
}
