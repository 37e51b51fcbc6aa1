package io.pickaroon.processor;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.fix.Fixer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Takes delivered windows to their end: fixed, and passed by the checkpoint. Commits are grouped by time. Windows come from
 * one thread at a time; positions may be asked for from any.
 */
final class Progress {
    private final Fixer fixer = new Fixer();
    private final Optional<CheckpointFile> checkpoint;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final RunCounters counters;
    private final Map<FileIdentity, Position> reached = new ConcurrentHashMap<>();
    private long lastCommitNanos;
    private boolean dirty;

    Progress(Optional<CheckpointFile> checkpoint, Duration interval, LongSupplier nanoTime, RunCounters counters) {
        this.checkpoint = checkpoint;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.lastCommitNanos = nanoTime.getAsLong();
    }

    /** How far a file has got in this run, or as the checkpoint had it at the start. */
    Optional<Position> position(FileIdentity file) {
        return Optional.ofNullable(reached.get(file))
                .or(() -> checkpoint.map(c -> c.current().entries().get(file)).map(CheckpointEntry::position));
    }

    /** The file starts anew: what was known of it is about content that is gone. Before its first window only. */
    void forget(FileIdentity file) {
        reached.remove(file);
        checkpoint.ifPresent(c -> c.forget(file));
    }

    void accept(DeliveredWindow delivered) throws IOException {
        FixedWindow fixed = fixer.fix(delivered);
        reached.put(fixed.file().identity(), fixed.end());
        counters.delivered(delivered.acknowledgement());
        if (checkpoint.isPresent()) {
            checkpoint.get().advance(fixed);
            dirty = true;
            commitIfDue();
        }
    }

    void commitIfDue() throws IOException {
        if (nanoTime.getAsLong() - lastCommitNanos >= intervalNanos) {
            commit();
        }
    }

    void commit() throws IOException {
        if (dirty) {
            checkpoint.orElseThrow().commit();
            dirty = false;
        }
        lastCommitNanos = nanoTime.getAsLong();
    }
}
