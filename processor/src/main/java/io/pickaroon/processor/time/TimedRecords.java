package io.pickaroon.processor.time;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.window.RecordFormat;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.WeakHashMap;

/**
 * Records of a range of time. A record without a time belongs to the one before it, and those before the first time of a file to
 * that. Thread-safe; what is known of a file is shared for as long as it is open.
 */
public final class TimedRecords {
    private final TimeFormat format;
    private final TimeRange range;
    private final Map<LogFile, FileTimes> files = Collections.synchronizedMap(new WeakHashMap<>());

    /** Records that are in the range as the format reads them. */
    public TimedRecords(TimeFormat format, TimeRange range) {
        this.format = format;
        this.range = range;
    }

    public TimeFormat format() {
        return format;
    }

    public TimeRange range() {
        return range;
    }

    /** What decides about records in one thread. */
    public TimeFilter newFilter(RecordFormat records) {
        return new TimeFilter(this, records);
    }

    /**
     * The stretch of a file outside of which no record of the range is, if none is earlier by more than the slack than one before
     * it. All of the file where all is to be read.
     *
     * @param neighbours so many records before and behind it belong to it, too
     */
    public TimeStretch stretchOf(LogFile file, RecordFormat records, int neighbours) throws IOException {
        return new TimeSearch(this, file, records, TimeSearch.LEAST_BYTES).find(neighbours);
    }

    /**
     * Where the first record of the range or a later time starts, if no record is earlier by more than the slack than one before it.
     *
     * @return the end of the file if all are earlier; empty if none of those that were looked at has a time
     */
    public OptionalLong firstOf(LogFile file, RecordFormat records) throws IOException {
        return new TimeSearch(this, file, records, TimeSearch.LEAST_BYTES).first();
    }

    /** All of a file. */
    public TimeStretch allOf(LogFile file, RecordFormat records) throws IOException {
        return new TimeSearch(this, file, records, Integer.MAX_VALUE).all();
    }

    FileTimes of(LogFile file, RecordFormat records) {
        return files.computeIfAbsent(file, _ -> new FileTimes(this, records));
    }
}
