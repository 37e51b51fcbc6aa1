package io.pickaroon.app.run;

import io.pickaroon.app.report.PreviewedChange;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run would do, by rule and file, with the first few changes of each rule. Grows with the number of files, not with
 * what matches. Thread-safe.
 */
final class DryRunFigures {
    private static final int MOST_EXAMPLES = 3;

    /**
     * What one rule would do in one file.
     *
     * @param sent records to send
     * @param refused records that become dead letters instead
     * @param changes changes to make
     * @param leftAlone matches whose bytes stay, for any reason
     */
    record Count(long sent, long refused, long changes, long leftAlone) {
        static final Count NOTHING = new Count(0, 0, 0, 0);

        Count plus(Count other) {
            return new Count(
                    sent + other.sent, refused + other.refused, changes + other.changes, leftAlone + other.leftAlone);
        }
    }

    /**
     * A change that would be made.
     *
     * @param lines the record before and after it, with line ends
     */
    record Example(Path file, long offset, String lines) {}

    private static final class OfRule {
        final Map<Path, Count> files = new TreeMap<>();
        final List<Example> examples = new ArrayList<>();
    }

    private final Map<String, OfRule> rules = new LinkedHashMap<>();
    private final int columns;

    /** @param columns width that a line of an example may have */
    DryRunFigures(List<RuleSettings> settings, int columns) {
        this.columns = columns;
        settings.forEach(rule -> rules.put(rule.id(), new OfRule()));
    }

    /**
     * A window whose matches would be sent.
     *
     * @param refusedByRule how many of them would not, by the index of their rule
     */
    synchronized void sent(ScannedWindow window, int[] refusedByRule) {
        MatchBatch matches = window.matches();
        for (int index = 0; index < matches.rules().size(); index++) {
            Rule rule = matches.rules().get(index);
            if (rule.emits()) {
                int refused = refusedByRule[index];
                int emitted = matches.matchedRecords(index) - matches.sampledOut(index) - refused;
                add(rule, window, new Count(emitted, refused, 0, 0));
            }
        }
    }

    /** A window in which changes would be made. */
    synchronized void fixed(FixedWindow fixed) {
        ScannedWindow window = fixed.delivered().scanned();
        List<Rule> present = window.matches().rules();
        for (int index = 0; index < present.size(); index++) {
            add(present.get(index), window, new Count(0, 0, fixed.edits(index), fixed.leftAlone(index)));
            if (fixed.edits(index) > 0) {
                addExamples(rules.get(present.get(index).id()).examples, index, window);
            }
        }
    }

    private void add(Rule rule, ScannedWindow window, Count count) {
        if (!count.equals(Count.NOTHING)) {
            rules.get(rule.id()).files.merge(window.file().path(), count, Count::plus);
        }
    }

    /** The first in the order of files and offsets, in whatever order windows come. */
    private void addExamples(List<Example> examples, int rule, ScannedWindow window) {
        EditBatch edits = window.edits();
        int added = 0;
        for (int edit = 0; edit < edits.size() && added < MOST_EXAMPLES; edit++) {
            if (edits.rule(edit) == rule && PreviewedChange.of(window, edit).isDifference()) {
                Example example = new Example(window.file().path(), edits.offset(edit), lines(window, edit));
                examples.add(example);
                added++;
            }
        }
        examples.sort(Comparator.comparing(Example::file).thenComparingLong(Example::offset));
        examples.subList(Math.min(MOST_EXAMPLES, examples.size()), examples.size())
                .clear();
    }

    private String lines(ScannedWindow window, int edit) {
        try {
            return new String(PreviewedChange.masked(window, edit).lines(columns), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a rule, by its id, the files in which it would do anything. */
    synchronized Map<Path, Count> files(String rule) {
        return new TreeMap<>(rules.get(rule).files);
    }

    synchronized Count total(String rule) {
        return rules.get(rule).files.values().stream().reduce(Count.NOTHING, Count::plus);
    }

    /** The first changes that a rule, by its id, would make. */
    synchronized List<Example> examples(String rule) {
        return List.copyOf(rules.get(rule).examples);
    }
}
