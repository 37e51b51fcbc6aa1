package io.pickaroon.processor.time;

import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.util.Map;

/**
 * Decides which records of windows are in a range of time. It reads the time of the records that it is asked about, and where one has
 * none, of those before it. Used by one thread at a time.
 */
public final class TimeFilter {
    private static final int LONG_WALK_BYTES = 64 * 1024;

    private final TimedRecords of;
    private final RecordFormat records;
    private final TimeWalk walk;
    private final boolean readsFile;
    private FileTimes times;
    private Window window;
    /** The walk is in the window. */
    private boolean isBegun;
    /** The record that was asked about last, and the time that it belongs to; -1 before the first. */
    private long lastOffset;

    private long lastMillis;

    TimeFilter(TimedRecords of, RecordFormat records) {
        this.of = of;
        this.records = records;
        this.walk = new TimeWalk(records, of.format());
        this.readsFile = records.container().isPresent();
    }

    /** The records that follow start in this window. */
    public void begin(Window next) throws IOException {
        window = next;
        times = of.of(next.file(), records);
        times.contentOffset(next.file());
        isBegun = false;
        lastOffset = -1;
    }

    /**
     * True if a record is in the range.
     *
     * @param offset where it starts in the file, after those before
     * @param bytes has its content, or the head of it, at {@code [start, end)}
     */
    public boolean takes(long offset, byte[] bytes, int start, int end) throws IOException {
        long millis = timeOf(offset, bytes, start, end);
        lastMillis = millis == TimeFormat.NONE ? timeBefore(offset) : millis;
        lastOffset = offset;
        return of.range().contains(lastMillis);
    }

    private long timeOf(long offset, byte[] bytes, int start, int end) throws IOException {
        long latest = latest(offset);
        if (readsFile) {
            begin();
            return walk.timeAt(offset, latest);
        }
        return walk.timeOf(bytes, start, end, latest);
    }

    /**
     * Remembers to which time the last record before an offset belongs, which later windows may ask for: of a stream and of decoded
     * content, when it can no longer be read.
     */
    public void passed(long offset) throws IOException {
        begin();
        long lowest = times.lowestOffset(window.file());
        if (offset <= lowest) {
            return;
        }
        long start = Math.max(lowest, walk.previous(offset, lowest));
        long own = walk.timeAt(start, latest(start));
        times.know(start, own == TimeFormat.NONE ? timeBefore(start) : own);
    }

    private long latest(long offset) throws IOException {
        return times.latest(window.file(), offset);
    }

    private void begin() {
        if (!isBegun) {
            walk.begin(window.file(), window.limitOffset());
            isBegun = true;
        }
    }

    /** The time that a record without one belongs to. */
    private long timeBefore(long offset) throws IOException {
        begin();
        Map.Entry<Long, Long> known = times.knownBefore(offset);
        boolean isLastNearer =
                lastOffset >= 0 && lastOffset <= offset && (known == null || lastOffset >= known.getKey());
        if (isLastNearer) {
            return timeBefore(offset, lastOffset, lastMillis);
        }
        return known == null ? timeFromStart(offset) : timeBefore(offset, known.getKey(), known.getValue());
    }

    /** @param lowest where a record starts of which it is known to which time it belongs */
    private long timeBefore(long offset, long lowest, long lowestMillis) throws IOException {
        long at = walk.previous(offset, lowest);
        while (at >= 0) {
            long millis = walk.timeAt(at, latest(at));
            if (millis != TimeFormat.NONE) {
                return known(offset, at, millis);
            }
            at = walk.previous(at, lowest);
        }
        return known(offset, lowest, lowestMillis);
    }

    /** Remembers what was found out by a long walk. */
    private long known(long offset, long walkedTo, long millis) {
        if (offset - walkedTo > LONG_WALK_BYTES) {
            times.know(offset, millis);
        }
        return millis;
    }

    /** Nothing is known before the record. */
    private long timeFromStart(long offset) throws IOException {
        long content = Math.min(offset, times.lowestOffset(window.file()));
        long millis = walk.firstTime(content, window.limitOffset(), this::latest);
        times.know(content, millis);
        return timeBefore(offset, content, millis);
    }
}
