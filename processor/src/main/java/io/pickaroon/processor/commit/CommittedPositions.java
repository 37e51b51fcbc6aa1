package io.pickaroon.processor.commit;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.LogInput;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far files are delivered in this run, and what the checkpoint has of them durably. Any thread may ask; only the {@link
 * Committer} changes it, on its thread.
 */
public final class CommittedPositions {
    private final Optional<CheckpointFile> checkpoint;
    private final Map<FileIdentity, Position> delivered = new ConcurrentHashMap<>();
    /** The latest generation of each inode that has begun anew. */
    private final Map<FileIdentity, Integer> generations = new ConcurrentHashMap<>();

    CommittedPositions(Optional<CheckpointFile> checkpoint) {
        this.checkpoint = checkpoint;
        checkpoint.ifPresent(c -> c.current().entries().keySet().forEach(this::know));
    }

    private void know(FileIdentity file) {
        if (file.generation() > 0) {
            generations.merge(file.ofGeneration(0), file.generation(), Math::max);
        }
    }

    void begin(FileIdentity file, Position start) {
        know(file);
        delivered.put(file, start);
    }

    void deliver(FileIdentity file, Position end) {
        delivered.put(file, end);
    }

    void retire(FileIdentity generation) {
        delivered.remove(generation);
    }

    void forget(FileIdentity file) {
        delivered.remove(file);
        generations.remove(file.ofGeneration(0));
    }

    /** Every file may be at another position by now. */
    void forgetDelivered() {
        delivered.clear();
    }

    /** The latest generation of an inode that is known; 0 if none is. */
    public int generation(FileIdentity inode) {
        return generations.getOrDefault(inode.ofGeneration(0), 0);
    }

    /** The reset number of a file. */
    public int resets(FileIdentity file) {
        return checkpoint.map(c -> c.current().reset(file).number()).orElse(0);
    }

    /** Whether what a destination knows of a file does not count, because it was reset and no destination was told. */
    boolean isResetPending(FileIdentity file) {
        return checkpoint.map(c -> c.current().reset(file).isPending()).orElse(false);
    }

    /** What the checkpoint has durably. */
    public Optional<CheckpointEntry> entry(FileIdentity file) {
        return checkpoint.map(c -> c.current().entries().get(file));
    }

    /** What the checkpoint has of a file in which fixes wait for its rotation; empty if none do. */
    public Optional<CheckpointEntry> waiting(FileIdentity file) {
        return entry(file).filter(entry -> entry.pendingBytes() > 0);
    }

    /** Whether a restart would go on at this offset, or further; always without a checkpoint, which has no restart. */
    public boolean isDurable(FileIdentity file, long offset) {
        return checkpoint.isEmpty()
                || entry(file)
                        .filter(known -> known.position().offset() >= offset)
                        .isPresent();
    }

    /** All that the checkpoint has durably. */
    public Map<FileIdentity, CheckpointEntry> entries() {
        return checkpoint.map(c -> c.current().entries()).orElse(Map.of());
    }

    /** How far a file was delivered in this run, or fixed as the checkpoint had it at the start. */
    public Optional<Position> position(FileIdentity file) {
        return Optional.ofNullable(delivered.get(file)).or(() -> entry(file).map(CheckpointEntry::position));
    }

    /** The offset of {@link #position}; 0 if it is not known. */
    public long offset(FileIdentity file) {
        return position(file).map(Position::offset).orElse(0L);
    }

    /** Whether an inode is known, in any generation. */
    public boolean knows(FileIdentity inode) {
        return generation(inode) > 0 || position(inode).isPresent();
    }

    /** When each input was started for the first time; empty without a checkpoint. */
    public Map<String, Instant> inputStarts() {
        return checkpoint.map(c -> c.current().sections().inputStarts()).orElse(Map.of());
    }

    /** Whether another run will know what this one does. */
    public boolean isRemembered() {
        return checkpoint.isPresent();
    }

    /**
     * Whether an input may have been started by a version that did not take note of that: if the checkpoint is of such a
     * version and knows a file of the input, or knows no file at all.
     */
    public boolean mayHaveStartedUnnoted(LogInput input) {
        return checkpoint
                .map(CheckpointFile::current)
                .filter(known -> known.sections().inputStarts().isEmpty())
                .filter(known -> known.sections()
                        .instance()
                        .filter(instance -> instance.standing() != Instance.Standing.UNNAMED
                                && instance.standing() != Instance.Standing.INDEPENDENT)
                        .isEmpty())
                .filter(known -> known.entries().isEmpty()
                        || known.entries().values().stream()
                                .anyMatch(entry -> input.files().covers(entry.path())))
                .isPresent();
    }
}
