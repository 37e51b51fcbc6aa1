package io.pickaroon.processor.input;

import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.rule.RecordParser;
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
 */
public record Reading(WindowPlan plan, TailTimeouts tail, List<ContentFormat> decoded, Optional<RecordParser> parser) {
    public Reading {
        decoded = List.copyOf(decoded);
    }

    /** Records have no fields. */
    public Reading(WindowPlan plan, TailTimeouts tail, List<ContentFormat> decoded) {
        this(plan, tail, decoded, Optional.empty());
    }

    /** Files are read as they are, with the usual timeouts for unfinished records. */
    public Reading(WindowPlan plan) {
        this(plan, TailTimeouts.STANDARD, List.of());
    }
}
