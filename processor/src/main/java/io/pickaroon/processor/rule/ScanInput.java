package io.pickaroon.processor.rule;

import java.util.Optional;

/**
 * Where the records of a scan come from.
 *
 * @param id of the input, empty where there are no inputs
 * @param parser reads the fields of the records, if they have any
 */
public record ScanInput(String id, Optional<RecordParser> parser) {
    /** Records of no input, without fields. */
    public static final ScanInput NONE = new ScanInput("", Optional.empty());
}
