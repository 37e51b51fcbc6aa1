package io.pickaroon.app.fix;

import io.pickaroon.app.report.SkippedFixes;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.fix.FixTally;
import java.util.List;

/** What was changed and what was left alone, in words. */
public final class FixSummary {
    private FixSummary() {}

    /**
     * One line about a file, or about all files.
     *
     * @param dryRun whether nothing was changed in truth
     */
    public static String line(String what, FileOutcome outcome, boolean dryRun) {
        FixTally fixes = outcome.fixes();
        String changes = fixes.edits() == 1 ? "1 change" : Quantities.count(fixes.edits()) + " changes";
        String verdict = fixes.edits() == 0
                ? "nothing to change"
                : "%s%s, %s bytes".formatted(dryRun ? "would make " : "", changes, Quantities.count(fixes.bytes()));
        List<String> leftAlone = SkippedFixes.reasons(fixes);
        return "%s: %s; %s of %s records match%s"
                .formatted(
                        what,
                        verdict,
                        Quantities.count(outcome.scanned().matchedRecords()),
                        Quantities.count(outcome.scanned().records()),
                        leftAlone.isEmpty() ? "" : "; left alone: " + String.join(", ", leftAlone));
    }
}
