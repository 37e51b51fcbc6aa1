package io.pickaroon.app.report;

import io.pickaroon.processor.fix.FixTally;
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
}
