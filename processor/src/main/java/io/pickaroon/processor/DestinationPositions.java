package io.pickaroon.processor;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * How far the destination itself knows files to be delivered, as of the beginning of a session: those positions that count.
 * Immutable.
 */
final class DestinationPositions {
    private final Map<FileIdentity, DeliveredPosition> positions;
    private final BiPredicate<FileIdentity, DeliveredPosition> counts;
    private final Map<FileIdentity, Integer> generations = new HashMap<>();

    private DestinationPositions(
            Map<FileIdentity, DeliveredPosition> positions, BiPredicate<FileIdentity, DeliveredPosition> counts) {
        this.positions = positions;
        this.counts = counts;
        for (FileIdentity file : positions.keySet()) {
            generations.merge(file.ofGeneration(0), file.generation(), Math::max);
        }
    }

    /** Of a destination that knows none. */
    DestinationPositions() {
        this(Map.of(), (_, _) -> true);
    }

    /** Without those that are older than a reset. */
    static DestinationPositions of(Map<FileIdentity, DeliveredPosition> positions, Progress progress) {
        return new DestinationPositions(
                positions, (file, known) -> !progress.isResetPending(file) && known.resets() >= progress.resets(file));
    }

    Optional<DeliveredPosition> of(FileIdentity file) {
        return Optional.ofNullable(positions.get(file)).filter(known -> counts.test(file, known));
    }

    /** The latest generation of this inode that the destination knows; 0 if it knows none. */
    int generation(FileIdentity inode) {
        return generations.getOrDefault(inode.ofGeneration(0), 0);
    }
}
