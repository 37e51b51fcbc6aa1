package io.pickaroon.processor.time;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordWalk;
import java.io.IOException;

/** Walks over the records of a file and reads their times. Used by one thread at a time. */
final class TimeWalk {
    /** Of a record no more than this is read. */
    static final int HEAD_BYTES = 4096;

    private static final long NONE = -1;

    private final RecordFormat lines;
    private final TimeFormat.Reader reader;
    private final RecordWalk walk;
    private final byte[] head = new byte[HEAD_BYTES];
    private long limitOffset;
    /** Where the record that was found last starts. */
    private long foundOffset;

    TimeWalk(RecordFormat records, TimeFormat format) {
        this.lines = linesOf(records);
        this.reader = format.open();
        this.walk = new RecordWalk(lines);
    }

    /** In a container log, whose records are of several lines, the first line of each as it stands in the file. */
    private static RecordFormat linesOf(RecordFormat records) {
        return records.container().isEmpty() ? records : new RecordFormat(Delimiter.LF, records.maxRecordBytes());
    }

    /** The latest that the record may be that starts at an offset. */
    interface Latest {
        long of(long offset) throws IOException;
    }

    /** Begins with a file, which is read up to the limit. */
    void begin(LogFile file, long limit) {
        walk.begin(file, limit);
        limitOffset = limit;
    }

    /** The time of a record that is in memory, or its head. */
    long timeOf(byte[] bytes, int start, int end, long latestMillis) {
        return reader.read(bytes, start, Math.min(end, start + HEAD_BYTES), latestMillis);
    }

    /** The time of the record that starts there. */
    long timeAt(long start, long latestMillis) throws IOException {
        return start < limitOffset ? timeAt(start, walk.endOf(start), latestMillis) : TimeFormat.NONE;
    }

    private long timeAt(long start, long end, long latestMillis) throws IOException {
        int length = (int) Math.min(HEAD_BYTES, end - start);
        walk.copy(start, length, head);
        int contentEnd = end - start <= HEAD_BYTES ? lines.contentEnd(head, 0, length) : length;
        return timeOf(head, 0, contentEnd, latestMillis);
    }

    /** Where the first record starts at or after an offset, or -1. */
    long startFrom(long offset, long contentOffset, long stop) throws IOException {
        long start = offset <= contentOffset ? contentOffset : walk.endOf(offset - 1, stop);
        return start < stop ? start : NONE;
    }

    /**
     * The first record with a time from the start of a record on: {@link #foundOffset} says where it starts.
     *
     * @param stop it starts before this offset
     * @return its time, or {@link TimeFormat#NONE}
     */
    long firstTime(long start, long stop, Latest latest) throws IOException {
        for (long at = start; at >= 0 && at < Math.min(stop, limitOffset); ) {
            long end = walk.endOf(at);
            long millis = timeAt(at, end, latest.of(at));
            if (millis != TimeFormat.NONE) {
                foundOffset = at;
                return millis;
            }
            at = end;
        }
        return TimeFormat.NONE;
    }

    long foundOffset() {
        return foundOffset;
    }

    /** Where the record starts that is so many before another one, at or after the lowest offset. */
    long before(long start, long lowest, int records) throws IOException {
        return records == 0 ? start : walk.back(start, lowest, records).offset();
    }

    /** Where the record starts that is so many behind another one, or the limit. */
    long after(long start, int records) throws IOException {
        long at = start;
        for (int left = records; left > 0 && at < limitOffset; left--) {
            at = walk.endOf(at);
        }
        return at;
    }

    /** Where the record before another one starts, after the lowest offset; else -1. */
    long previous(long start, long lowest) throws IOException {
        return walk.previous(start, lowest);
    }
}
