package io.pickaroon.processor.commit;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * How far the destination itself knows files to be delivered, as of the beginning of a session: those positions that count.
 * Immutable.
 *
 * <p>A file that it does not know is looked for under the identities that {@link ChangedIdentities} has in mind: those that
 * it may have had before the device number or the birth time changed.
 */
public final class SinkPositions {
    /** While the positions of the destination are not known. */
    public static final SinkPositions UNKNOWN = new SinkPositions(Map.of(), Set.of());

    private final Map<FileIdentity, DeliveredPosition> positions;
    private final BiPredicate<FileIdentity, DeliveredPosition> counts;
    private final Map<FileIdentity, Integer> generations = new HashMap<>();
    private final Map<Long, List<FileIdentity>> byInodeNumber = new HashMap<>();
    private final Set<FileIdentity> others = new HashSet<>();

    /** @param known files that the checkpoint knows: these are themselves, and no other one under another device number */
    private SinkPositions(
            Map<FileIdentity, DeliveredPosition> positions,
            Set<FileIdentity> known,
            BiPredicate<FileIdentity, DeliveredPosition> counts) {
        this.positions = positions;
        this.counts = counts;
        for (FileIdentity file : positions.keySet()) {
            FileIdentity inode = file.ofGeneration(0);
            if (!generations.containsKey(inode)) {
                byInodeNumber
                        .computeIfAbsent(inode.inode(), _ -> new ArrayList<>())
                        .add(inode);
            }
            generations.merge(inode, file.generation(), Math::max);
        }
        known.forEach(file -> others.add(file.ofGeneration(0)));
    }

    /** Positions that all count. */
    SinkPositions(Map<FileIdentity, DeliveredPosition> positions, Set<FileIdentity> known) {
        this(positions, known, (_, _) -> true);
    }

    /** Without those that are older than a reset. */
    public static SinkPositions of(Map<FileIdentity, DeliveredPosition> positions, CommittedPositions committed) {
        return new SinkPositions(
                positions,
                committed.entries().keySet(),
                (file, known) -> !committed.isResetPending(file) && known.resets() >= committed.resets(file));
    }

    public Optional<DeliveredPosition> of(FileIdentity file) {
        return Optional.ofNullable(positions.get(file))
                .or(() -> knownAs(file.ofGeneration(0))
                        .map(inode -> positions.get(inode.ofGeneration(file.generation()))))
                .filter(known -> counts.test(file, known));
    }

    /** How far a file is delivered there; 0 if the destination does not know it. */
    public long offset(FileIdentity file) {
        return of(file).map(known -> known.position().offset()).orElse(0L);
    }

    /** The latest generation of this inode that the destination knows; 0 if it knows none. */
    public int generation(FileIdentity inode) {
        return knownAs(inode.ofGeneration(0)).map(generations::get).orElse(0);
    }

    private Optional<FileIdentity> knownAs(FileIdentity inode) {
        if (generations.containsKey(inode)) {
            return Optional.of(inode);
        }
        return byInodeNumber.getOrDefault(inode.inode(), List.of()).stream()
                .filter(before -> !others.contains(before))
                .filter(before -> before.isSameInode(inode) || before.isSameInodeOfOtherDevice(inode))
                .max(Comparator.comparingLong(FileIdentity::birthTimeNanos));
    }
}
