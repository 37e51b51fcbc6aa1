package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far one log file has been dealt with.
 *
 * @param path where the file was when it was first seen; the file is known by its identity, not by this, and a file that
 *     this path no longer leads to was rotated
 * @param position every record that starts before it is delivered, and has those fixes that are made at once
 * @param fixed every record that starts before it also has those fixes that wait for the rotation of the file; never
 *     after {@code position}
 * @param waitingRules {@link io.pickaroon.processor.scan.ScannedWindow#allRules()} of all that lies between both, where fixes
 *     may wait; 0 if they were not the same everywhere, or if nothing waits
 * @param sizeBytes size of the file when the entry was written
 * @param lineEnds where lines end before {@code position}
 * @param goneSince since when the file is nowhere to be found; empty if it is there. In whole seconds
 */
public record CheckpointEntry(
        Path path,
        Position position,
        Position fixed,
        long waitingRules,
        long sizeBytes,
        LineEnds lineEnds,
        Optional<Instant> goneSince) {
    public CheckpointEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(fixed, "fixed");
        Objects.requireNonNull(lineEnds, "lineEnds");
        Objects.requireNonNull(goneSince, "goneSince");
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size " + sizeBytes + " is negative");
        }
        if (fixed.offset() > position.offset()) {
            throw new IllegalArgumentException(
                    "fixed up to %d, delivered only up to %d".formatted(fixed.offset(), position.offset()));
        }
    }

    /** A file that is there, without any fix that waits. */
    public CheckpointEntry(Path path, Position position, long sizeBytes) {
        this(path, position, position, 0, sizeBytes, LineEnds.UNKNOWN, Optional.empty());
    }

    /** Bytes among which there are matches whose fixes wait for the rotation of the file. */
    public long pendingBytes() {
        return position.offset() - fixed.offset();
    }

    CheckpointEntry withFixed(Position newFixed) {
        long rules = newFixed.offset() == position.offset() ? 0 : waitingRules;
        return new CheckpointEntry(path, position, newFixed, rules, sizeBytes, lineEnds, goneSince);
    }

    CheckpointEntry withGoneSince(Optional<Instant> since) {
        return new CheckpointEntry(path, position, fixed, waitingRules, sizeBytes, lineEnds, since);
    }
}
