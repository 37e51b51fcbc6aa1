package io.pickaroon.app.report;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.fix.FixTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a change that a rule wanted was not made. */
public enum SkippedFixes {
    ALREADY_DONE,
    CHANGED_MEANWHILE,
    OVERLAPPING,
    PROTECTED_HEAD,
    OTHER_LENGTH;

    /** The reason as the value of a label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many changes of this tally were left out for this reason. */
    public long in(FixTally tally) {
        return switch (this) {
            case ALREADY_DONE -> tally.alreadyDone();
            case CHANGED_MEANWHILE -> tally.changedMeanwhile();
            case OVERLAPPING -> tally.overlapping();
            case PROTECTED_HEAD -> tally.protectedHead();
            case OTHER_LENGTH -> tally.otherLength();
        };
    }

    /** Each reason for leaving matches alone that there was, with how many. */
    public static List<String> reasons(FixTally fixes) {
        List<String> reasons = new ArrayList<>();
        add(reasons, fixes.alreadyDone(), "already as they should be");
        add(reasons, fixes.otherLength(), "of another length than the replacement");
        add(reasons, fixes.overlapping(), "overlapping an earlier match");
        add(reasons, fixes.protectedHead(), "in the protected head of the file");
        add(reasons, fixes.changedMeanwhile(), "overwritten by another process meanwhile");
        return reasons;
    }

    private static void add(List<String> reasons, long count, String reason) {
        if (count > 0) {
            reasons.add(Quantities.count(count) + " " + reason);
        }
    }
}
