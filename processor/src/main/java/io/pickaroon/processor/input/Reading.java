package io.pickaroon.processor.input;

import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.time.TimedRecords;
import io.pickaroon.processor.window.WindowPlan;
import java.util.List;
import java.util.Optional;

/**
 * How the bytes of a file become records. Immutable.
 *
 * @param plan how the file is cut into windows and records
 * @param tail when an unfinished record at the end of a followed file is emitted
 * @param decoded files of these formats are decoded, and never fixed: all in a run to the end of the files, text in
 *     UTF-16 in one that follows them, too
 * @param parser reads the fields of records, if they have any
 * @param times the records that are meant, if only those of a range of time are; a run to the end of the files alone
 * @param startAt where files are begun that would be begun at their end: at the first record of this range, where there is one
 */
public record Reading(
        WindowPlan plan,
        TailTimeouts tail,
        List<ContentFormat> decoded,
        Optional<RecordParser> parser,
        Optional<TimedRecords> times,
        Optional<TimedRecords> startAt) {
    public Reading {
        decoded = List.copyOf(decoded);
    }

    /** Records of any time. */
    public Reading(WindowPlan plan, TailTimeouts tail, List<ContentFormat> decoded, Optional<RecordParser> parser) {
        this(plan, tail, decoded, parser, Optional.empty(), Optional.empty());
    }

    /** Records have no fields. */
    public Reading(WindowPlan plan, TailTimeouts tail, List<ContentFormat> decoded) {
        this(plan, tail, decoded, Optional.empty());
    }

    /** The same, of a range of time. */
    public Reading within(TimedRecords range) {
        return new Reading(plan, tail, decoded, parser, Optional.of(range), startAt);
    }

    /** The same, where files that would be begun at their end are begun at the first record of a range. */
    public Reading startingAt(TimedRecords range) {
        return new Reading(plan, tail, decoded, parser, times, Optional.of(range));
    }

    /** Files are read as they are, with the usual timeouts for unfinished records. */
    public Reading(WindowPlan plan) {
        this(plan, TailTimeouts.STANDARD, List.of());
    }
}
