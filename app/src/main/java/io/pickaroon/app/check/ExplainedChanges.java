package io.pickaroon.app.check;

import io.pickaroon.app.report.PreviewedChange;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a rule would change in a record's file, in words. What a mask replaces is not among them. */
final class ExplainedChanges {
    private ExplainedChanges() {}

    /**
     * The changes, each in some words; one that says why there are none, if the rule has a fix.
     *
     * @param recordOffset offset in the file of the record's first byte
     */
    static List<String> of(ScannedWindow window, Rule rule, long recordOffset) {
        if (rule.fix().isEmpty()) {
            return List.of();
        }
        Fix fix = rule.fix().get();
        if (!fix.changesFiles()) {
            return List.of("nothing, as 'when: never' says; what is sent is masked");
        }
        if (window.file().isDecoded()) {
            return List.of("nothing: what is decoded is never changed");
        }
        if (fix.waitsForRotation()) {
            return List.of("once the file is rotated: " + change(fix));
        }
        EditBatch edits = window.edits();
        List<String> changes = new ArrayList<>();
        for (int edit = 0; edit < edits.size(); edit++) {
            if (edits.recordOffset(edits.record(edit)) == recordOffset
                    && window.matches().rules().get(edits.rule(edit)).equals(rule)) {
                changes.add(change(window, edit, fix));
            }
        }
        return changes.isEmpty() ? List.of("nothing: " + why(window)) : changes;
    }

    private static String change(ScannedWindow window, int edit, Fix fix) {
        int length = window.edits().length(edit);
        String where = "%d %s at offset %d "
                .formatted(
                        length, length == 1 ? "byte" : "bytes", window.edits().offset(edit));
        if (!PreviewedChange.of(window, edit).isDifference()) {
            return where + "stay: they are as the fix would make them";
        }
        PreviewedChange shown = PreviewedChange.masked(window, edit);
        if (fix.change() instanceof Fix.Mask) {
            return where
                    + change(fix)
                    + (shown.recordLength() > length ? ": '" + ShownText.of(shown.before()) + "'" : "");
        }
        return where
                + (shown.isDifference()
                        ? "'%s' becomes '%s'".formatted(ShownText.of(shown.before()), ShownText.of(shown.after()))
                        : "become '%s'".formatted(ShownText.of(shown.after())));
    }

    private static String change(Fix fix) {
        return switch (fix.change()) {
            case Fix.Mask mask -> "masked with '" + mask.character() + "'";
            case Fix.Replace _ -> "replaced";
        };
    }

    /** The reasons of all records of this part of the file, if there are several. */
    private static String why(ScannedWindow window) {
        EditBatch edits = window.edits();
        String reasons = Stream.of(
                        edits.protectedHead() > 0 ? "it begins in the head that 'protectHead' protects" : "",
                        edits.otherLength() > 0 ? "the replacement has another length" : "",
                        edits.overlapping() > 0 ? "another change has some of its bytes" : "",
                        window.matches().maskedFields() > 0
                                ? "it stands behind an escape, and only what is sent is masked"
                                : "")
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.joining(", or "));
        return reasons.isEmpty() ? "another rule has changed it" : reasons;
    }
}
