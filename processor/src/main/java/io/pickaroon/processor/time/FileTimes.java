package io.pickaroon.processor.time;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.window.ContentStart;
import io.pickaroon.processor.window.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What is known of the times of one open file, which it does not hold, so that both are forgotten together: methods take the file.
 * Thread-safe.
 *
 * <p>Years that are not written: the last record of the file is at most a day later than the file was changed last. From there it
 * looks back at some places: a date that is later than the one behind it by more than a day, or the slack if that is more, is one of
 * the year before. So a stretch between two of these places must be shorter than a year.
 */
final class FileTimes {
    private static final int YEAR_PROBES = 64;
    private static final int LEAST_PROBE_DISTANCE_BYTES = 4096;
    private static final long DAY_MILLIS = 86_400_000;
    private static final int MOST_KNOWN = 1024;

    /** How much without a time is looked through at one place. */
    static final int PROBE_BYTES = 1 << 20;

    private final TimeFormat format;
    private final RecordFormat records;
    private final long toleranceMillis;
    /** The times to which some records belong, by where these start. */
    private final ConcurrentSkipListMap<Long, Long> known = new ConcurrentSkipListMap<>();

    private volatile boolean hasTimes;
    /** Negative until it is asked for. */
    private volatile long contentOffset = -1;
    /** Up to each of these offsets no time is later than the one beside it; null until it is found out, and guarded by this. */
    private ConcurrentSkipListMap<Long, Long> latest;

    FileTimes(TimedRecords of, RecordFormat records) {
        this.format = of.format();
        this.records = records;
        this.toleranceMillis = Math.max(DAY_MILLIS, of.range().slackMillis());
    }

    /** True if a record with a time was seen. */
    boolean hasTimes() {
        return hasTimes;
    }

    void sawTime() {
        hasTimes = true;
    }

    /** Where the first record starts; the end of the file if there is none. */
    long contentOffset(LogFile file) throws IOException {
        if (contentOffset < 0) {
            long content = ContentStart.offset(file, records.delimiter(), false);
            contentOffset = content < 0 ? file.sizeBytes() : content;
        }
        return contentOffset;
    }

    /** No record can be read that starts before this offset. */
    long lowestOffset(LogFile file) throws IOException {
        return Math.max(contentOffset(file), file.firstOffset());
    }

    /** The latest that a record may be that starts there; matters for times without a year alone. */
    long latest(LogFile file, long offset) throws IOException {
        if (!format.mayLackYear()) {
            return Long.MAX_VALUE;
        }
        synchronized (this) {
            if (latest == null) {
                latest = findYears(file);
            }
            Map.Entry<Long, Long> next = latest.ceilingEntry(offset);
            return next == null ? latest.lastEntry().getValue() : next.getValue();
        }
    }

    private ConcurrentSkipListMap<Long, Long> findYears(LogFile file) throws IOException {
        ConcurrentSkipListMap<Long, Long> found = new ConcurrentSkipListMap<>();
        long end = file.sizeBytes();
        long content = contentOffset(file);
        long last = changedMillis(file) + toleranceMillis;
        found.put(end, last);
        TimeWalk walk = new TimeWalk(records, format);
        walk.begin(file, end);
        int probes = Math.clamp((end - content) / LEAST_PROBE_DISTANCE_BYTES, 1, YEAR_PROBES);
        for (int probe = probes - 1; probe >= 0; probe--) {
            long from = content + (end - content) / probes * probe;
            long stop = Math.min(from + PROBE_BYTES, found.firstKey());
            long bound = last;
            long time = walk.firstTime(walk.startFrom(from, content, stop), stop, _ -> bound);
            if (time != TimeFormat.NONE) {
                last = time + toleranceMillis;
                found.put(walk.foundOffset(), last);
            }
        }
        return found;
    }

    /** A stream, and a file that is gone by now, may be being written. */
    private static long changedMillis(LogFile file) {
        try {
            return Files.getLastModifiedTime(file.path()).toMillis();
        } catch (IOException cannotTell) {
            return System.currentTimeMillis();
        }
    }

    /** The nearest record at or before an offset of which it is known to which time it belongs, and that time. */
    Map.Entry<Long, Long> knownBefore(long offset) {
        return known.floorEntry(offset);
    }

    /** Remembers to which time the record belongs that starts there; of many, the first and the last ones. */
    void know(long offset, long millis) {
        known.put(offset, millis);
        if (known.size() > MOST_KNOWN) {
            Long second = known.higherKey(known.firstKey());
            if (second != null) {
                known.remove(second);
            }
        }
    }
}
