package io.pickaroon.processor.input;

import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.time.TimedRecords;
import io.pickaroon.processor.window.WindowPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Files that are read in the same way. Immutable.
 *
 * @param id name of the input, for messages and for what is remembered of it
 * @param files which files there are, each read independently of the others
 * @param startAtEnd whether files that are there when an input of this id is started for the very first time are begun
 *     at their end; what comes later is read from its beginning
 * @param reading how their bytes become records
 * @param rules the rules for their records, in the order in which matches of one record are emitted
 * @param maxRate how fast they are read, all together; empty: as fast as the destination takes what is emitted
 */
public record LogInput(
        String id, Discovery files, boolean startAtEnd, Reading reading, List<Rule> rules, Optional<MaxRate> maxRate) {
    public LogInput {
        rules = List.copyOf(rules);
        Objects.requireNonNull(maxRate, "maxRate");
    }

    /** Files that are read as fast as the destination takes what is emitted. */
    public LogInput(String id, Discovery files, boolean startAtEnd, Reading reading, List<Rule> rules) {
        this(id, files, startAtEnd, reading, rules, Optional.empty());
    }

    /** The same, of which only records of a range of time are read, in a run to the end of the files. */
    public LogInput within(TimedRecords range) {
        return new LogInput(id, files, startAtEnd, reading.within(range), rules, maxRate);
    }

    /** How the files are cut into windows and records. */
    public WindowPlan plan() {
        return reading.plan();
    }

    /** True if reading these files may lead to changes in them. */
    public boolean hasFixes() {
        return rules.stream().anyMatch(Rule::changesFiles);
    }

    /** True if text in UTF-16 is decoded. */
    public boolean decodesUtf16() {
        return reading.decoded().stream().anyMatch(Utf16.class::isInstance);
    }

    /** Rules that emit records together with some that stand after them. */
    public List<Rule> rulesWithContextAfter() {
        return rules.stream()
                .filter(rule -> rule.emits() && rule.options().context().after() > 0)
                .toList();
    }

    /**
     * What is left of the rules when a file was rotated: the fixes that waited for it.
     *
     * @param emittingToo those of rules that emit, too
     */
    List<Rule> rulesAfterRotation(boolean emittingToo) {
        return rules.stream()
                .filter(rule -> rule.waitsForRotation() && (emittingToo || !rule.emits()))
                .map(Rule::afterRotation)
                .toList();
    }
}
