package io.pickaroon.processor.commit;

import io.pickaroon.processor.audit.TrailHead;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.fix.Fixer;
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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes delivered windows to their end, in groups: fixed with one journal write and one sync for each file, and then passed
 * by one checkpoint. A group is closed when it is old enough, or holds much. Used by one thread at a time; readers ask its
 * {@link CommittedPositions}, and command it through the {@link CommitQueue}.
 */
public final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /**
     * When a group is closed, and committed.
     *
     * @param age time since the last one was
     * @param bytes a group holds at most this much of what was matched, and one window more
     * @param nanoTime what time it is
     * @param pause waits before a commit is tried again for which there was no room; false if the run should end instead. It is
     *     told how long there has been none
     */
    public record GroupLimit(Duration age, long bytes, LongSupplier nanoTime, Predicate<Duration> pause) {}

    private final Fixer fixer;
    private final Optional<CheckpointFile> checkpoint;
    private final OpenFiles files;
    private final GroupLimit groupLimit;
    private final RunCounters counters;
    private final Consumer<Set<FileIdentity>> whenForgotten;
    private final CommittedPositions positions;

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
            RunCounters counters,
            Consumer<Set<FileIdentity>> whenForgotten) {
        this.fixer = fixer;
        this.checkpoint = checkpoint;
        this.files = files;
        this.groupLimit = groupLimit;
        this.counters = counters;
        this.whenForgotten = whenForgotten;
        this.lastCommitNanos = now();
        this.positions = new CommittedPositions(checkpoint);
    }

    private long now() {
        return groupLimit.nanoTime().getAsLong();
    }

    /** What it has committed, for readers. */
    public CommittedPositions positions() {
        return positions;
    }

    /** Changes the checkpoint, durably. Every file may then be at another position. */
    public void change(Consumer<CheckpointFile> change) throws IOException {
        if (checkpoint.isPresent()) {
            commit();
            change.accept(checkpoint.get());
            commit();
            positions.forgetDelivered();
        }
    }

    /** Replaces the instance, durably. */
    void keep(Instance next) throws IOException {
        if (checkpoint.isPresent()) {
            checkpoint.get().progress().keep(next);
            commit();
            if (failed) {
                throw new IOException("an earlier commit failed");
            }
        }
    }

    /**
     * Makes it durable where reading of a file begins, also of one that was known. Before its first window only. What an
     * earlier generation still had to be fixed is gone.
     */
    public void begin(LogFile file, Position start, int resets) throws IOException {
        positions.begin(file.identity(), start);
        group.removeIf(window -> isSuperseded(window.file().identity()));
        if (checkpoint.isPresent()) {
            commit();
            checkpoint.get().progress().begin(file, start, resets);
            commit();
        }
    }

    /** Makes it durable, at once, that inputs are started for the first time and where reading of new files will begin. */
    public void start(Map<String, Instant> inputs, Map<FileSighting, Position> starts) throws IOException {
        checkpoint.ifPresent(c -> c.progress().noteInputStarts(inputs));
        starts.forEach((file, start) -> {
            positions.deliver(file.identity(), start);
            checkpoint.ifPresent(c -> c.progress().begin(file, start));
        });
        commit();
    }

    private boolean isSuperseded(FileIdentity file) {
        return file.generation() < positions.generation(file);
    }

    /** Makes it durable that no rule wants what waits in this file for its rotation. */
    public void nothingWaits(FileIdentity file) throws IOException {
        checkpoint.ifPresent(c -> c.progress().nothingWaits(file));
        commit();
    }

    /** Since when a file is nowhere to be found, and what it had then; empty if it is there. Durable with the next commit. */
    public void gone(FileIdentity file, Optional<Instant> since, long sizeBytes) {
        checkpoint.ifPresent(c -> c.progress().gone(file, since, sizeBytes));
    }

    /** Forgets a generation that is over, and delivered or lost. */
    public void retire(FileIdentity file) {
        positions.retire(file);
        counters.forget(file);
    }

    /** Forgets a file; durable with the next commit. */
    public void forget(FileIdentity file) {
        positions.forget(file);
        counters.forget(file);
        checkpoint.ifPresent(c -> {
            c.progress().forget(file);
            forgotten.add(file);
        });
    }

    /** Takes a window that is delivered. */
    public void accept(DeliveredWindow window) throws IOException {
        if (window.fixesWaited()) {
            if (!isSuperseded(window.file().identity())) {
                add(window);
            }
            return;
        }
        positions.deliver(window.file().identity(), window.end());
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
        if (now() - lastCommitNanos >= groupLimit.age().toNanos()) {
            commit();
        }
    }

    /**
     * Fixes what is delivered, and lets the checkpoint pass it. Once that has failed nothing more is written: a checkpoint
     * of anything else would say that the journal's group is complete, and the next start has to bring it to its end.
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
        long startNanos = now();
        List<DeliveredWindow> closed = group;
        group = new ArrayList<>();
        groupBytes = 0;
        if (!closed.isEmpty()) {
            long sequence = checkpoint.map(c -> c.current().sequence()).orElse(0L);
            List<FixedWindow> fixed = whenThereIsRoom(() -> fixer.fix(closed, sequence));
            fixed.forEach(counters::fixed);
            if (checkpoint.isPresent()) {
                for (FixedWindow window : fixed) {
                    checkpoint.get().progress().advance(window);
                }
                fixer.trailHead()
                        .ifPresent(head -> checkpoint.get().progress().keep(TrailHead.SECTION, head.encoded()));
            }
            fixed.forEach(window -> files.done(window.file().identity(), window.end()));
        }
        if (checkpoint.isPresent()) {
            whenThereIsRoom(checkpoint.get()::commit);
            sayForgotten();
        }
        lastCommitNanos = now();
        counters.durable();
        if (!closed.isEmpty()) {
            counters.committed(lastCommitNanos - startNanos);
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** Does one step of a commit. Until there is room for it no window is taken, so that soon nothing more is delivered. */
    private <T> T whenThereIsRoom(Step<T> step) throws IOException {
        boolean waited = false;
        long sinceNanos = now();
        while (true) {
            try {
                T result = step.run();
                if (waited) {
                    LOG.info("there is room again; it goes on");
                    counters.waitsForRoom(Optional.empty());
                }
                return result;
            } catch (NoRoomException e) {
                if (!waited) {
                    LOG.warn(
                            "{}; nothing is committed until there is room, so soon nothing is delivered",
                            e.getMessage());
                    counters.waitsForRoom(Optional.of(e.getMessage()));
                    waited = true;
                }
                if (!groupLimit.pause().test(Duration.ofNanos(now() - sinceNanos))) {
                    throw e;
                }
            }
        }
    }

    private void sayForgotten() {
        if (!forgotten.isEmpty()) {
            whenForgotten.accept(Set.copyOf(forgotten));
            forgotten.clear();
        }
    }
}
