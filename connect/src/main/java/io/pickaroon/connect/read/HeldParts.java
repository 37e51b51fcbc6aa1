package io.pickaroon.connect.read;

import io.pickaroon.connect.read.SplitInput.Waiting;
import io.pickaroon.processor.container.HeldRecord;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.util.Optional;

/**
 * Up to where a growing container log is read. A record that may have more lines is held back, with all that start after it, until
 * its last line is there or nothing was added to it for some time: then it is cut. What comes later is a record of its own, which
 * the offset tells. For one thread.
 */
final class HeldParts {
    private final WindowPlan plan;
    private final Waiting waiting;
    /** The record that is held back, since when its last line is that, and how long the file was then. */
    private Optional<HeldRecord> held = Optional.empty();

    private long heldNanos;
    private long heldBytes;
    private boolean endsWithFile;

    HeldParts(SplitInput input) {
        this.plan = input.plan();
        this.waiting = input.waiting();
    }

    /** Nothing more is written: from now on no record is held back. */
    void endWithFile() {
        endsWithFile = true;
    }

    /**
     * Up to where it is read now.
     *
     * @param sizeBytes of the file
     * @return ends where it was reached if there is nothing
     */
    Reach of(LogFile file, Position reached, long sizeBytes) throws IOException {
        long offset = reached.offset();
        if (isHeld(offset) && sizeBytes == heldBytes && !isDue()) {
            return new Reach(offset, sizeBytes, true);
        }
        Optional<HeldRecord> before = held;
        WindowPlan.Complete complete = plan.complete(file, reached, before);
        if (complete.recordsOffset() > offset || complete.linesOffset() == offset) {
            held = Optional.empty();
            return new Reach(complete.recordsOffset(), complete.linesOffset(), true);
        }
        held = complete.held();
        if (held.isPresent() && before.filter(held.get()::isStill).isEmpty()) {
            heldNanos = waiting.nanoTime().getAsLong();
        }
        heldBytes = sizeBytes;
        // Of several records that the limit would cut only the one that has waited is cut there.
        return isDue()
                ? new Reach(offset + 1, complete.linesOffset(), false)
                : new Reach(offset, complete.linesOffset(), true);
    }

    private boolean isDue() {
        return endsWithFile
                || waiting.nanoTime().getAsLong() - heldNanos
                        >= waiting.partTime().toNanos();
    }

    /** Whether the record is held back that starts there. */
    boolean isHeld(long offset) {
        return held.filter(record -> record.isAt(offset)).isPresent();
    }
}
