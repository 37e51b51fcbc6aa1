package io.pickaroon.processor.commit;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.fix.Fixer;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.metrics.RunCounters;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Takes delivered windows to their end, in groups: fixed with one journal write and one sync for each file, and then passed
 * by one checkpoint. A group is closed when it is old enough, or holds much. Windows come from one thread at a time;
 * positions may be asked for from any.
 */
public final class Committer {
    /**
     * When a group is closed.
     *
     * @param age time since the last one was
     * @param bytes a group holds at most this much of what was matched, and one window more
     */
    public record GroupLimit(Duration age, long bytes) {}

    private final Fixer fixer;
    private final Optional<CheckpointFile> checkpoint;
    private final OpenFiles files;
    private final GroupLimit groupLimit;
    private final LongSupplier nanoTime;
    private final RunCounters counters;
    private final Consumer<Set<FileIdentity>> whenForgotten;
    private final Map<FileIdentity, Position> delivered = new ConcurrentHashMap<>();
    /** The latest generation of each inode that has begun anew. */
    private final Map<FileIdentity, Integer> generations = new ConcurrentHashMap<>();

    /** Not durably yet. */
    private final Set<FileIdentity> forgotten = new HashSet<>();

    private List<DeliveredWindow> group = new ArrayList<>();
    private long groupBytes;
    private long lastCommitNanos;
    private boolean failed;

    /** @param whenForgotten is told of files that the checkpoint does not know any more, durably */
    public Committer(
            Fixer fixer,
            Optional<CheckpointFile> checkpoint,
            OpenFiles files,
            GroupLimit groupLimit,
            LongSupplier nanoTime,
            RunCounters counters,
            Consumer<Set<FileIdentity>> whenForgotten) {
        this.fixer = fixer;
        this.checkpoint = checkpoint;
        this.files = files;
        this.groupLimit = groupLimit;
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.whenForgotten = whenForgotten;
        this.lastCommitNanos = nanoTime.getAsLong();
        checkpoint.ifPresent(c -> c.current().entries().keySet().forEach(this::knows));
    }

    private void knows(FileIdentity file) {
        if (file.generation() > 0) {
            generations.merge(file.ofGeneration(0), file.generation(), Math::max);
        }
    }

    /** The latest generation of an inode that is known; 0 if none is. */
    public int generation(FileIdentity inode) {
        return generations.getOrDefault(inode.ofGeneration(0), 0);
    }

    /** The reset number of a file. */
    public int resets(FileIdentity file) {
        return checkpoint.map(c -> c.current().resets(file)).orElse(0);
    }

    /** Whether what a destination knows of a file does not count, because it was reset and no destination was told. */
    boolean isResetPending(FileIdentity file) {
        return checkpoint.map(c -> c.current().isResetPending(file)).orElse(false);
    }

    /** Changes the checkpoint, durably. Every file may then be at another position. */
    public void change(Consumer<CheckpointFile> change) throws IOException {
        if (checkpoint.isPresent()) {
            commit();
            change.accept(checkpoint.get());
            commit();
            delivered.clear();
        }
    }

    /** What the checkpoint has durably. */
    public Optional<CheckpointEntry> entry(FileIdentity file) {
        return checkpoint.map(c -> c.current().entries().get(file));
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
        return Optional.ofNullable(delivered.get(file))
                .or(() -> checkpoint.map(c -> c.current().entries().get(file)).map(CheckpointEntry::position));
    }

    /**
     * Makes it durable where reading of a file begins, whatever was known of it. Before its first window only. What an
     * earlier generation still had to be fixed is gone.
     */
    public void begin(LogFile file, Position start, int resets) throws IOException {
        knows(file.identity());
        group.removeIf(window -> isSuperseded(window.file().identity()));
        delivered.put(file.identity(), start);
        if (checkpoint.isPresent()) {
            commit();
            checkpoint.get().begin(file, start, resets);
            commit();
        }
    }

    /** Makes it durable where reading of files will begin that nobody knows. */
    public void beginAll(Map<FileSighting, Position> starts) throws IOException {
        starts.forEach((file, start) -> {
            delivered.put(file.identity(), start);
            checkpoint.ifPresent(c -> c.begin(file, start));
        });
        commit();
    }

    /** Makes it durable, at once, that inputs are started for the first time and where files are begun that are there then. */
    public void start(Map<String, Instant> inputs, Map<FileSighting, Position> starts) throws IOException {
        checkpoint.ifPresent(c -> c.noteInputStarts(inputs));
        beginAll(starts);
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

    private boolean isSuperseded(FileIdentity file) {
        return file.generation() < generation(file);
    }

    /** No rule wants what waits in this file for its rotation. */
    public void nothingWaits(FileIdentity file) {
        checkpoint.ifPresent(c -> c.nothingWaits(file));
    }

    /** Since when a file is nowhere to be found; empty if it is there. Durable with the next commit. */
    public void gone(FileIdentity file, Optional<Instant> since) {
        checkpoint.ifPresent(c -> c.gone(file, since));
    }

    /** Forgets a generation that is over, and delivered. */
    public void retire(FileIdentity file) {
        delivered.remove(file);
        counters.forget(file);
    }

    /** Forgets a file; durable with the next commit. */
    public void forget(FileIdentity file) {
        delivered.remove(file);
        generations.remove(file.ofGeneration(0));
        counters.forget(file);
        checkpoint.ifPresent(c -> {
            c.forget(file);
            forgotten.add(file);
        });
    }

    public void accept(DeliveredWindow window) throws IOException {
        if (window.fixesWaited()) {
            if (!isSuperseded(window.file().identity())) {
                add(window);
            }
            return;
        }
        delivered.put(window.file().identity(), window.end());
        counters.delivered(window.acknowledgement());
        if (isSuperseded(window.file().identity())) {
            files.done(window.file().identity(), window.end());
        } else {
            add(window);
        }
    }

    private void add(DeliveredWindow window) throws IOException {
        ScannedWindow scanned = window.scanned();
        group.add(window);
        groupBytes += scanned.matches().recordBytes() + scanned.edits().heldBytes();
        if (groupBytes >= groupLimit.bytes()) {
            commit();
        } else {
            commitIfDue();
        }
    }

    public void commitIfDue() throws IOException {
        if (nanoTime.getAsLong() - lastCommitNanos >= groupLimit.age().toNanos()) {
            commit();
        }
    }

    /**
     * Fixes what is delivered, and lets the checkpoint pass it. Once that has failed nothing more is written: a checkpoint
     * of whatever else would say that the journal's group is complete, and the next start has to bring it to its end.
     */
    public void commit() throws IOException {
        if (failed) {
            return;
        }
        failed = true;
        commitGroup();
        failed = false;
    }

    private void commitGroup() throws IOException {
        long startNanos = nanoTime.getAsLong();
        List<DeliveredWindow> closed = group;
        group = new ArrayList<>();
        groupBytes = 0;
        if (!closed.isEmpty()) {
            long sequence = checkpoint.map(c -> c.current().sequence()).orElse(0L);
            List<FixedWindow> fixed = fixer.fix(closed, sequence);
            fixed.forEach(counters::fixed);
            if (checkpoint.isPresent()) {
                for (FixedWindow window : fixed) {
                    checkpoint.get().advance(window);
                }
            }
            fixed.forEach(window -> files.done(window.file().identity(), window.end()));
        }
        if (checkpoint.isPresent()) {
            checkpoint.get().commit();
            sayForgotten();
        }
        lastCommitNanos = nanoTime.getAsLong();
        counters.durable();
        if (!closed.isEmpty()) {
            counters.committed(lastCommitNanos - startNanos);
        }
    }

    private void sayForgotten() {
        if (!forgotten.isEmpty()) {
            whenForgotten.accept(Set.copyOf(forgotten));
            forgotten.clear();
        }
    }
}
