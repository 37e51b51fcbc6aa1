package io.pickaroon.processor;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How far the destination itself knows files to be delivered, as of the beginning of a session. Immutable. */
final class DestinationPositions {
    private final Map<FileIdentity, DeliveredPosition> positions;
    private final Map<FileIdentity, Integer> generations = new HashMap<>();

    DestinationPositions(Map<FileIdentity, DeliveredPosition> positions) {
        this.positions = positions;
        for (FileIdentity file : positions.keySet()) {
            generations.merge(file.ofGeneration(0), file.generation(), Math::max);
        }
    }

    Optional<DeliveredPosition> of(FileIdentity file) {
        return Optional.ofNullable(positions.get(file));
    }

    /** The latest generation of this inode that the destination knows; 0 if it knows none. */
    int generation(FileIdentity inode) {
        return generations.getOrDefault(inode.ofGeneration(0), 0);
    }
}
