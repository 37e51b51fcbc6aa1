package io.pickaroon.processor.input;

import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * Files that are read in the same way.
 *
 * @param id name of the input, for messages and for what is remembered of it
 * @param files which files there are, each read independently of the others
 * @param startAtEnd whether files that are there when an input of this id is started for the very first time are begun
 *     at their end; what comes later is read from its beginning
 * @param plan how the files are cut into windows and records
 * @param rules the rules for their records, in the order in which matches of one record are emitted
 * @param tail when an unfinished record at the end of a followed file is emitted
 * @param decoded files of these formats are decoded, and never fixed: all in a run to the end of the files, text in
 *     UTF-16 in one that follows them, too
 */
public record LogInput(
        String id,
        Discovery files,
        boolean startAtEnd,
        WindowPlan plan,
        List<Rule> rules,
        TailTimeouts tail,
        List<ContentFormat> decoded) {
    public LogInput {
        rules = List.copyOf(rules);
        decoded = List.copyOf(decoded);
    }

    /** An input whose files are read as they are. */
    public LogInput(
            String id, Discovery files, boolean startAtEnd, WindowPlan plan, List<Rule> rules, TailTimeouts tail) {
        this(id, files, startAtEnd, plan, rules, tail, List.of());
    }

    /** An input with the usual timeouts for unfinished records. */
    public LogInput(String id, Discovery files, boolean startAtEnd, WindowPlan plan, List<Rule> rules) {
        this(id, files, startAtEnd, plan, rules, TailTimeouts.STANDARD);
    }

    /** An input that has always these files. */
    public LogInput(String id, List<Path> files, boolean startAtEnd, WindowPlan plan, List<Rule> rules) {
        this(id, Discovery.of(files), startAtEnd, plan, rules);
    }

    /** True if reading these files may lead to changes in them. */
    public boolean hasFixes() {
        return rules.stream().anyMatch(rule -> rule.fix().isPresent());
    }

    /** True if text in UTF-16 is decoded. */
    public boolean decodesUtf16() {
        return decoded.stream().anyMatch(Utf16.class::isInstance);
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
