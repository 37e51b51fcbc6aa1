package io.pickaroon.app.forecast;

import io.pickaroon.app.report.PreviewedChange;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first few changes of each rule, and records of rules that change nothing, as they may be shown: masked as what is sent is masked.
 * Thread-safe.
 */
public final class Examples implements Watcher {
    private static final int MOST = 3;
    private static final Comparator<Example> ORDER =
            Comparator.comparing(Example::file).thenComparingLong(Example::offset);

    /**
     * A change that would be made, or a record that would be sent.
     *
     * @param lines the record before and after the change, or as it is sent, with line ends
     */
    public record Example(Path file, long offset, String lines) {}

    private final Map<String, List<Example>> byRule = new HashMap<>();
    private final int columns;
    private final boolean withRecords;

    /**
     * @param columns width that a line of an example may have
     * @param withRecords whether there are examples of rules that only send
     */
    public Examples(int columns, boolean withRecords) {
        this.columns = columns;
        this.withRecords = withRecords;
    }

    @Override
    public synchronized void sent(ScannedWindow window) {
        MatchBatch matches = window.matches();
        int[] added = new int[matches.rules().size()];
        for (int match = 0; withRecords && match < matches.size(); match++) {
            Rule rule = matches.rule(match);
            if (!rule.changesFiles() && added[matches.ruleIndex(match)] < MOST) {
                added[matches.ruleIndex(match)]++;
                List<Example> examples = byRule.computeIfAbsent(rule.id(), _ -> new ArrayList<>());
                if (examples.size() < MOST || !isBehind(examples.getLast(), window)) {
                    String line = PreviewedChange.unchanged(
                            matches.array(), matches.recordStart(match), matches.recordLength(match), columns);
                    examples.add(new Example(window.file().path(), matches.recordOffset(match), line));
                    keepFirst(examples);
                }
            }
        }
    }

    @Override
    public synchronized void fixed(FixedWindow fixed) {
        ScannedWindow window = fixed.delivered().scanned();
        List<Rule> rules = window.matches().rules();
        for (int index = 0; index < rules.size(); index++) {
            if (fixed.edits(index) > 0) {
                add(byRule.computeIfAbsent(rules.get(index).id(), _ -> new ArrayList<>()), index, window);
            }
        }
    }

    /** The first in the order of files and offsets, in whatever order windows come. */
    private void add(List<Example> examples, int rule, ScannedWindow window) {
        if (examples.size() == MOST && isBehind(examples.getLast(), window)) {
            return;
        }
        EditBatch edits = window.edits();
        int added = 0;
        for (int edit = 0; edit < edits.size() && added < MOST; edit++) {
            if (edits.rule(edit) == rule && PreviewedChange.of(window, edit).isDifference()) {
                examples.add(new Example(window.file().path(), edits.offset(edit), lines(window, edit)));
                added++;
            }
        }
        keepFirst(examples);
    }

    private static void keepFirst(List<Example> examples) {
        examples.sort(ORDER);
        examples.subList(Math.min(MOST, examples.size()), examples.size()).clear();
    }

    private static boolean isBehind(Example last, ScannedWindow window) {
        int files = last.file().compareTo(window.file().path());
        return files < 0 || files == 0 && last.offset() < window.startOffset();
    }

    private String lines(ScannedWindow window, int edit) {
        try {
            return new String(PreviewedChange.masked(window, edit).lines(columns), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a rule, by its id. */
    public synchronized List<Example> of(String rule) {
        return List.copyOf(byRule.getOrDefault(rule, List.of()));
    }
}
