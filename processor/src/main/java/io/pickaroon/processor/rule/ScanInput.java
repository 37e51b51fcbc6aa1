package io.pickaroon.processor.rule;

import io.pickaroon.processor.time.TimedRecords;
import java.util.Optional;

/**
 * Where the records of a scan come from, and what is asked of them beside its rules.
 *
 * @param id of the input, empty where there are no inputs
 * @param parser reads the fields of the records, if they have any
 * @param times the records that are meant, if only those of a range of time are: no other matches
 * @param isAudited whether it is kept what was found at each change, for an audit trail
 */
public record ScanInput(String id, Optional<RecordParser> parser, Optional<TimedRecords> times, boolean isAudited) {
    /** Records of no input, without fields. */
    public static final ScanInput NONE = new ScanInput("", Optional.empty());

    /** Records of any time, whose changes go into no audit trail. */
    public ScanInput(String id, Optional<RecordParser> parser) {
        this(id, parser, Optional.empty(), false);
    }

    /** The same, of a range of time. */
    public ScanInput within(TimedRecords range) {
        return new ScanInput(id, parser, Optional.of(range), isAudited);
    }

    /** The same, of any time. */
    public ScanInput ofAnyTime() {
        return new ScanInput(id, parser, Optional.empty(), isAudited);
    }
}
