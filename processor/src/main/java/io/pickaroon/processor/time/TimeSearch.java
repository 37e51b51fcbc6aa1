package io.pickaroon.processor.time;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.window.RecordFormat;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Finds where in a file the records of a range of time are, by bisection: some forty places of it are looked at, each with one read of
 * a few KiB as a rule. Used by one thread.
 *
 * <p>Where a record is earlier than the range by more than the slack, all that stand before it are earlier than the range, if the file
 * is in order but for the slack; and where one is later than the range by the slack, all behind it are later than the range. So both
 * ends of the stretch are right wherever the places happen to lie, as long as no record is earlier by more than the slack than one
 * before it.
 */
final class TimeSearch {
    /** A stretch that is no longer than this is not cut in two. */
    static final int LEAST_BYTES = 128 * 1024;
    /** Where to look between two places if there is no time in the middle, in eighths. */
    private static final int[] EIGHTHS = {4, 2, 6, 1, 3, 5, 7};

    private final TimeRange range;
    private final int leastBytes;
    private final long slackMillis;
    private final LogFile file;
    private final FileTimes times;
    private final TimeWalk walk;
    private final long contentOffset;
    private final long sizeBytes;
    /** The time that was read last. */
    private long foundMillis;

    /** @param leastBytes a stretch that is no longer is not cut in two */
    TimeSearch(TimedRecords of, LogFile file, RecordFormat records, int leastBytes) throws IOException {
        this.leastBytes = leastBytes;
        this.range = of.range();
        this.slackMillis = range.slackMillis() + of.format().repeatedMillis();
        this.file = file;
        this.times = of.of(file, records);
        this.walk = new TimeWalk(records, of.format());
        this.sizeBytes = file.sizeBytes();
        this.contentOffset = Math.min(sizeBytes, times.contentOffset(file));
        walk.begin(file, sizeBytes);
    }

    TimeStretch find(int neighbours) throws IOException {
        boolean seeks = !range.exact() && sizeBytes - contentOffset > leastBytes;
        long start = seeks && range.sinceMillis() != Long.MIN_VALUE ? start() : contentOffset;
        long end = seeks && range.untilMillis() != Long.MAX_VALUE ? end(start) : sizeBytes;
        return new TimeStretch(walk.before(start, contentOffset, neighbours), walk.after(end, neighbours), hasTimes());
    }

    /** The first record that is not earlier than the range. */
    OptionalLong first() throws IOException {
        if (!hasTimes()) {
            return OptionalLong.empty();
        }
        long at = sizeBytes - contentOffset > leastBytes ? start() : contentOffset;
        boolean isFirst = at == contentOffset;
        while (at < sizeBytes) {
            long millis = walk.firstTime(at, sizeBytes, this::latest);
            if (millis == TimeFormat.NONE) {
                return OptionalLong.of(sizeBytes);
            }
            if (millis >= range.sinceMillis()) {
                // Those before the first time of the file belong to it.
                return OptionalLong.of(isFirst ? contentOffset : walk.foundOffset());
            }
            isFirst = false;
            at = walk.after(walk.foundOffset(), 1);
        }
        return OptionalLong.of(sizeBytes);
    }

    TimeStretch all() throws IOException {
        return new TimeStretch(contentOffset, sizeBytes, hasTimes());
    }

    private boolean hasTimes() throws IOException {
        return times.hasTimes() || hasTimeAt(contentOffset);
    }

    /** The last record that was seen to be early enough. */
    private long start() throws IOException {
        long early = range.sinceMillis() - slackMillis;
        long low = contentOffset;
        long high = sizeBytes;
        while (high - low > leastBytes) {
            long place = look(low, high);
            if (place < 0) {
                return low;
            }
            if (foundMillis < early) {
                low = walk.foundOffset();
            } else {
                high = place;
            }
        }
        return low;
    }

    /** The first record that was seen to be late enough, or the end of the file. */
    private long end(long startOffset) throws IOException {
        // Without an overflow: times are less than this by far.
        long late = Math.min(range.untilMillis(), Long.MAX_VALUE - slackMillis) + slackMillis;
        long low = startOffset;
        long high = sizeBytes;
        long end = sizeBytes;
        while (high - low > leastBytes) {
            long place = look(low, high);
            if (place < 0) {
                return end;
            }
            if (foundMillis >= late) {
                end = walk.foundOffset();
                high = place;
            } else {
                low = walk.foundOffset();
            }
        }
        return end;
    }

    /** Looks for a record with a time between two places. Returns from where on it looked, or -1 if it found none. */
    private long look(long low, long high) throws IOException {
        for (int eighths : EIGHTHS) {
            long place = low + (high - low) / 8 * eighths;
            if (hasTimeAt(place, high)) {
                return place;
            }
        }
        return -1;
    }

    private long latest(long offset) throws IOException {
        return times.latest(file, offset);
    }

    private boolean hasTimeAt(long place) throws IOException {
        return hasTimeAt(place, sizeBytes);
    }

    private boolean hasTimeAt(long place, long high) throws IOException {
        long stop = Math.min(high, place + FileTimes.PROBE_BYTES);
        foundMillis = walk.firstTime(walk.startFrom(place, contentOffset, stop), stop, this::latest);
        boolean isFound = foundMillis != TimeFormat.NONE;
        if (isFound) {
            times.sawTime();
        }
        return isFound;
    }
}
