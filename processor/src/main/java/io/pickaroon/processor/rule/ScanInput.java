package io.pickaroon.processor.rule;

import java.util.Optional;

/**
 * Where the records of a scan come from.
 *
 * @param id of the input, empty where there are no inputs
 * @param parser reads the fields of the records, if they have any
 * @param isAudited whether it is kept what was found at each change, for an audit trail
 */
public record ScanInput(String id, Optional<RecordParser> parser, boolean isAudited) {
    /** Records whose changes go into no audit trail. */
    public ScanInput(String id, Optional<RecordParser> parser) {
        this(id, parser, false);
    }

    /** Records of no input, without fields. */
    public static final ScanInput NONE = new ScanInput("", Optional.empty());
}
