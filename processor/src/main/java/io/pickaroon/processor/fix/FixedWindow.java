package io.pickaroon.processor.fix;

import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;

/** A delivered window whose fixes are durable in the file: what a checkpoint may pass. Only {@link Fixer} makes one. */
public final class FixedWindow {
    private final DeliveredWindow delivered;
    private final FixTally tally;

    FixedWindow(DeliveredWindow delivered, FixTally tally) {
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
}
