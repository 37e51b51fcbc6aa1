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
 * @param waiting which fixes wait for the rotation of the file; from a place on that is not after {@code position}
 * @param content what was known of the file's content when the entry was written
 * @param goneSince since when no name leads to the file; empty if one does. In whole seconds
 * @param reset how often the file was reset, and whether a destination has yet to be told
 */
public record CheckpointEntry(
        Path path, Position position, Waiting waiting, Content content, Optional<Instant> goneSince, Reset reset) {
    /**
     * The stretch up to the position of an entry in which fixes may wait for the rotation of the file.
     *
     * @param from every record that starts before it also has those fixes; the position itself if nothing waits
     * @param rules {@link io.pickaroon.processor.scan.ScannedWindow#allRules()} of the stretch; 0 if they were not the
     *     same everywhere, or if nothing waits
     */
    public record Waiting(Position from, long rules) {
        public Waiting {
            Objects.requireNonNull(from, "from");
        }
    }

    /**
     * What shows later whether the file still has the content that was read.
     *
     * @param sizeBytes size of the file when the entry was written
     * @param lineEnds where lines end before the position of the entry
     */
    public record Content(long sizeBytes, LineEnds lineEnds) {
        public Content {
            Objects.requireNonNull(lineEnds, "lineEnds");
            if (sizeBytes < 0) {
                throw new IllegalArgumentException("size " + sizeBytes + " is negative");
            }
        }
    }

    public CheckpointEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(goneSince, "goneSince");
        Objects.requireNonNull(reset, "reset");
        if (waiting.from().offset() > position.offset()) {
            throw new IllegalArgumentException("fixed up to %d, delivered only up to %d"
                    .formatted(waiting.from().offset(), position.offset()));
        }
    }

    /** A file that is there and was never reset, without any fix that waits. */
    public CheckpointEntry(Path path, Position position, long sizeBytes) {
        this(
                path,
                position,
                new Waiting(position, 0),
                new Content(sizeBytes, LineEnds.UNKNOWN),
                Optional.empty(),
                Reset.NEVER);
    }

    /** Bytes among which there are matches whose fixes wait for the rotation of the file. */
    public long pendingBytes() {
        return position.offset() - waiting.from().offset();
    }

    /** The entry after those fixes were made that waited before a position. */
    CheckpointEntry withFixed(Position newFixed) {
        return withWaiting(newFixed, waiting.rules());
    }

    /** @param allRules {@link Waiting#rules} of what waits, if anything does */
    CheckpointEntry withWaiting(Position from, long allRules) {
        Waiting next = new Waiting(from, from.offset() == position.offset() ? 0 : allRules);
        return new CheckpointEntry(path, position, next, content, goneSince, reset);
    }

    CheckpointEntry withGoneSince(Optional<Instant> since, long sizeBytes) {
        Content known = new Content(Math.max(sizeBytes, position.offset()), content.lineEnds());
        return new CheckpointEntry(path, position, waiting, known, since, reset);
    }

    CheckpointEntry withReset(int number, boolean isPending) {
        return new CheckpointEntry(path, position, waiting, content, goneSince, new Reset(number, isPending));
    }

    /**
     * The entry for reading again from here, which is not after the position; fixes that wait before it still wait. What is gone
     * cannot be read again, and is not lost by that.
     */
    CheckpointEntry readAgainFrom(Position start, LineEnds endsBefore) {
        Waiting stillWaiting = waiting.from().offset() < start.offset() ? waiting : new Waiting(start, 0);
        Content known = new Content(goneSince.isPresent() ? start.offset() : content.sizeBytes(), endsBefore);
        return new CheckpointEntry(path, start, stillWaiting, known, goneSince, reset);
    }
}
