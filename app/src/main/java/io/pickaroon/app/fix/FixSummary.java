package io.pickaroon.app.fix;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.fix.FixTally;
import java.util.ArrayList;
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
        List<String> leftAlone = leftAlone(fixes);
        return "%s: %s; %s of %s records match%s"
                .formatted(
                        what,
                        verdict,
                        Quantities.count(outcome.scanned().matchedRecords()),
                        Quantities.count(outcome.scanned().records()),
                        leftAlone.isEmpty() ? "" : "; left alone: " + String.join(", ", leftAlone));
    }

    /** Each reason for leaving matches alone that there was, with how many. */
    public static List<String> leftAlone(FixTally fixes) {
        List<String> reasons = new ArrayList<>();
        add(reasons, fixes.alreadyDone(), "already as they should be");
        add(reasons, fixes.otherLength(), "of another length than the replacement");
        add(reasons, fixes.overlapping(), "overlapping an earlier match");
        add(reasons, fixes.protectedHead(), "in the protected head of the file");
        add(reasons, fixes.changedMeanwhile(), "changed by somebody else meanwhile");
        return reasons;
    }

    private static void add(List<String> reasons, long count, String reason) {
        if (count > 0) {
            reasons.add(Quantities.count(count) + " " + reason);
        }
    }
}
