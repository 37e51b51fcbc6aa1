package io.pickaroon.processor.fix;

import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;

/** A delivered window whose fixes are durable in the file: what a checkpoint may pass. Only {@link Fixer} makes one. */
public final class FixedWindow {
    private final DeliveredWindow delivered;
    private final FixTally tally;
    private final int[] editsByRule;
    private final int[] leftAloneByRule;

    /** @param leftAloneByRule as long as {@code editsByRule}, which has an element for each rule of the scan */
    FixedWindow(DeliveredWindow delivered, FixTally tally, int[] editsByRule, int[] leftAloneByRule) {
        this.editsByRule = editsByRule;
        this.leftAloneByRule = leftAloneByRule;
        this.delivered = delivered;
        this.tally = tally;
    }

    public LogFile file() {
        return delivered.file();
    }

    /** Where the next window of the same file begins. */
    public Position end() {
        return delivered.end();
    }

    public DeliveredWindow delivered() {
        return delivered;
    }

    public FixTally tally() {
        return tally;
    }

    /** Changes that were made for a rule, by its index among the rules of the scan. */
    public int edits(int rule) {
        return editsByRule[rule];
    }

    /** Changes that a rule wanted and that were not made, by its index among the rules of the scan. */
    public int leftAlone(int rule) {
        return leftAloneByRule[rule];
    }
}
