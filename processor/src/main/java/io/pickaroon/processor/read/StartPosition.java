package io.pickaroon.processor.read;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.CommittedPositions;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.window.ContentStart;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where reading of a file begins.
 *
 * @param identity in the generation that is read
 * @param isNew whether the checkpoint must have it before anything is emitted
 * @param delivered how far the destination itself knows this generation to be delivered
 * @param skippedBytes bytes before the position that belong to no record, see {@link ContentStart}; all that the file has, if
 *     there are only such
 * @param past what has become of the file by then
 */
public record StartPosition(
        FileIdentity identity,
        Position position,
        boolean isNew,
        Optional<DeliveredPosition> delivered,
        long skippedBytes,
        Past past) {
    private static final Logger LOG = LoggerFactory.getLogger(StartPosition.class);

    /**
     * The resets and truncations of a file until it is begun.
     *
     * @param resets the reset number under which it is read
     * @param furthestOffset up to here the generation that was known is delivered
     * @param wasTruncated whether that generation is no longer there
     * @param lostBytes bytes that were seen in it, and truncated away before they were delivered
     */
    public record Past(int resets, long furthestOffset, boolean wasTruncated, long lostBytes) {}

    /**
     * What this process remembers of an earlier session.
     *
     * @param sizeBytes the size that it had
     * @param checkedOffset an offset that it was read to
     * @param lineEnds where lines ended before that
     */
    public record Remembered(FileIdentity identity, long sizeBytes, long checkedOffset, LineEnds lineEnds) {
        public Remembered withSizeBytes(long newSizeBytes) {
            return new Remembered(identity, newSizeBytes, checkedOffset, lineEnds);
        }
    }

    /**
     * Finds out where reading of a file begins.
     *
     * @param file open, in any generation
     * @param destination how far the destination itself knows files to be delivered
     * @param remembered empty at the first time in a run
     */
    public static StartPosition of(
            LogFile file,
            LogInput input,
            CommittedPositions committed,
            SinkPositions destination,
            Optional<Remembered> remembered)
            throws IOException {
        StartPosition start = at(file, input, committed, destination, remembered);
        return start.position.offset() > 0 ? start : start.atFirstRecord(file, input.plan());
    }

    /** The checkpoint is told, so that what is skipped is counted once. */
    private StartPosition atFirstRecord(LogFile file, WindowPlan plan) throws IOException {
        long offset = ContentStart.offset(file, plan.delimiter(), identity.generation() > 0);
        if (offset == 0) {
            return this;
        }
        return offset < 0
                ? new StartPosition(identity, position, isNew, delivered, file.sizeBytes(), past)
                : new StartPosition(identity, new Position(offset, true), true, delivered, offset, past);
    }

    /** Whether the file has bytes, and none that can belong to a record. */
    public boolean isBlank() {
        return skippedBytes > position.offset();
    }

    /** A file in the latest generation that the checkpoint or the destination knows. */
    public static FileIdentity latest(FileIdentity inode, CommittedPositions committed, SinkPositions destination) {
        return inode.ofGeneration(Math.max(committed.generation(inode), destination.generation(inode)));
    }

    /**
     * Where a file is begun without a look at its first record. If the checkpoint does not know it, and the destination does,
     * what lies before was delivered, and still has to be fixed; but not where reading began at the end: it is not known
     * where that was, and a byte that was never delivered is never fixed.
     */
    private static StartPosition at(
            LogFile file,
            LogInput input,
            CommittedPositions committed,
            SinkPositions destination,
            Optional<Remembered> remembered)
            throws IOException {
        FileIdentity identity = latest(file.identity(), committed, destination);
        Optional<Position> known = committed.position(identity);
        int resetsHere = committed.resets(identity);
        Optional<CheckpointEntry> entry = committed.entry(identity);
        Optional<DeliveredPosition> delivered = destination.of(identity);
        Position here = known.orElse(Position.START);
        Position there = delivered.map(DeliveredPosition::position).orElse(Position.START);
        Optional<Remembered> memory =
                remembered.filter(earlier -> earlier.identity().equals(identity));
        long furthest = Math.max(here.offset(), there.offset());
        long sizeBytes = file.sizeBytes();
        boolean isStillThere = furthest <= sizeBytes
                && (entry.isEmpty()
                        || entry.get()
                                .content()
                                .lineEnds()
                                .areStillIn(file, entry.get().position().offset()))
                && (delivered.isEmpty() || delivered.get().lineEnds().areStillIn(file, there.offset()))
                && (memory.isEmpty()
                        || memory.get().lineEnds().areStillIn(file, memory.get().checkedOffset()));
        if (!isStillThere) {
            long seenBytes = memory.map(Remembered::sizeBytes)
                    // Of one that is deleted it is what was seen last, perhaps of that other content.
                    .or(() -> entry.filter(before -> before.goneSince().isEmpty())
                            .map(before -> before.content().sizeBytes()))
                    .orElse(0L);
            LOG.warn(
                    "{} was read up to {} and now has {} bytes with another content: it was truncated, and is read from"
                            + " its start",
                    file,
                    furthest,
                    sizeBytes);
            FileIdentity next = identity.ofGeneration(identity.generation() + 1);
            Past past = new Past(resetsHere, furthest, true, Math.max(0, seenBytes - furthest));
            return new StartPosition(next, Position.START, true, Optional.empty(), 0, past);
        }
        boolean isBegunAtEnd = delivered.isPresent()
                && input.startAtEnd()
                && (known.isEmpty() || isStartUnaskedFor(entry, known, delivered.get()));
        Position from = isBegunAtEnd ? there : here;
        // The scan that found it knew only how many bytes are stored.
        boolean isSizeUnknown = file.isDecoded() && known.equals(Optional.of(Position.START));
        boolean isNew = isBegunAtEnd || (known.isPresent() ? isSizeUnknown : identity.generation() > 0);
        int resetsThere = delivered.map(DeliveredPosition::resets).orElse(0);
        if (resetsThere > resetsHere) {
            // The checkpoint does not know of that reset: the file is begun where it is there, also further back.
            Position back = there.offset() < from.offset() ? there : from;
            return new StartPosition(identity, back, true, delivered, 0, new Past(resetsThere, furthest, false, 0));
        }
        return new StartPosition(identity, from, isNew, delivered, 0, new Past(resetsHere, furthest, false, 0));
    }

    /**
     * Whether the file was to be begun at its end, by a checkpoint that knew nothing of it when the positions of the destination were
     * not known yet: but the destination knows it, so the checkpoint was lost, and what lies between was never delivered.
     */
    private static boolean isStartUnaskedFor(
            Optional<CheckpointEntry> entry, Optional<Position> known, DeliveredPosition delivered) {
        return entry.filter(e -> e.content().lineEnds().equals(LineEnds.UNKNOWN)
                        && known.equals(Optional.of(e.position()))
                        && delivered.position().offset() < e.position().offset())
                .isPresent();
    }

    /** What lies between the position and that of the destination, if that is further. */
    public Optional<DeliveredPosition> replayEnd() {
        return delivered.filter(end -> end.position().offset() > position.offset());
    }
}
