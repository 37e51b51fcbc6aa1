package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far one log file is delivered and fixed.
 *
 * @param path where the file was when it was first seen; the file is known by its identity, not by this, and a file
 *     that this path no longer leads to was rotated
 * @param position every record that starts before it is delivered, and has those fixes that are made at once
 * @param fixed every record that starts before it also has those fixes that wait for the rotation of the file; never
 *     after {@code position}
 * @param waitingRules {@link io.pickaroon.processor.scan.ScannedWindow#allRules()} of the stretch between both, in
 *     which fixes may wait; 0 if they were not the same everywhere, or if nothing waits
 * @param sizeBytes size of the file when the entry was written
 * @param lineEnds where lines end before {@code position}
 * @param goneSince since when no name leads to the file; empty if one does. In whole seconds
 * @param resets how often the file has been reset, to be read again; of this and a destination's position the one with
 *     the higher number counts. At least 0
 * @param isResetPending the file was reset and no destination has been told: its positions there do not count
 */
public record CheckpointEntry(
        Path path,
        Position position,
        Position fixed,
        long waitingRules,
        long sizeBytes,
        LineEnds lineEnds,
        Optional<Instant> goneSince,
        int resets,
        boolean isResetPending) {
    public CheckpointEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(fixed, "fixed");
        Objects.requireNonNull(lineEnds, "lineEnds");
        Objects.requireNonNull(goneSince, "goneSince");
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size " + sizeBytes + " is negative");
        }
        if (resets < 0) {
            throw new IllegalArgumentException("resets " + resets + " is negative");
        }
        if (fixed.offset() > position.offset()) {
            throw new IllegalArgumentException(
                    "fixed up to %d, delivered only up to %d".formatted(fixed.offset(), position.offset()));
        }
    }

    /** A file that is there and was never reset, without any fix that waits. */
    public CheckpointEntry(Path path, Position position, long sizeBytes) {
        this(path, position, position, 0, sizeBytes, LineEnds.UNKNOWN, Optional.empty(), 0, false);
    }

    /** Bytes among which there are matches whose fixes wait for the rotation of the file. */
    public long pendingBytes() {
        return position.offset() - fixed.offset();
    }

    CheckpointEntry withFixed(Position newFixed) {
        return withWaiting(newFixed, waitingRules);
    }

    /** @param allRules {@link #waitingRules} of what waits, if anything does */
    CheckpointEntry withWaiting(Position newFixed, long allRules) {
        long rules = newFixed.offset() == position.offset() ? 0 : allRules;
        return new CheckpointEntry(
                path, position, newFixed, rules, sizeBytes, lineEnds, goneSince, resets, isResetPending);
    }

    CheckpointEntry withGoneSince(Optional<Instant> since) {
        return new CheckpointEntry(
                path, position, fixed, waitingRules, sizeBytes, lineEnds, since, resets, isResetPending);
    }

    CheckpointEntry withResets(int number, boolean pending) {
        return new CheckpointEntry(
                path, position, fixed, waitingRules, sizeBytes, lineEnds, goneSince, number, pending);
    }

    /** The entry for reading again from here, which is not after the position; fixes that wait before it still wait. */
    CheckpointEntry readAgainFrom(Position start, LineEnds endsBefore) {
        boolean waits = fixed.offset() < start.offset();
        return new CheckpointEntry(
                path,
                start,
                waits ? fixed : start,
                waits ? waitingRules : 0,
                sizeBytes,
                endsBefore,
                goneSince,
                resets,
                isResetPending);
    }
}
