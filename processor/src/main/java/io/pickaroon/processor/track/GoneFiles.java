package io.pickaroon.processor.track;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.read.RunResources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Notes in the checkpoint since when files are gone, counts as lost what no run has delivered of them, and has the checkpoint
 * forget those that are gone for long. Used by one scan at a time. Does not search for them.
 */
final class GoneFiles {
    private static final Logger LOG = LoggerFactory.getLogger(GoneFiles.class);
    /** How often files are looked for that only the checkpoint knows. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final RunResources resources;
    private final DirectoryScanner inputs;
    private Instant next = Instant.MIN;
    /** Whether it is known how far the destination knew files that were gone before the run. */
    private boolean knowsDestination;

    GoneFiles(RunResources resources, DirectoryScanner inputs) {
        this.resources = resources;
        this.inputs = inputs;
    }

    private Instant now() {
        return resources.machine().clock().instant();
    }

    /** Whether it is time for {@link #noteAll}. */
    boolean isDue(SinkPositions destination) {
        return !now().isBefore(next) || !knowsDestination && destination != SinkPositions.UNKNOWN;
    }

    /** Notes that files are gone, and what is known to be in them. Returns what the commit queue is to do. */
    List<Mono<Void>> note(List<? extends TrackedFile<?>> gone) {
        List<Mono<Void>> notes = new ArrayList<>();
        for (TrackedFile<?> file : gone) {
            resources
                    .positions()
                    .entry(file.identity())
                    .flatMap(entry -> note(file.identity(), entry, file.knownBytes(entry)))
                    .ifPresent(notes::add);
        }
        return notes;
    }

    private Optional<Mono<Void>> note(FileIdentity identity, CheckpointEntry entry, long knownBytes) {
        long bytes = Math.max(knownBytes, entry.position().offset());
        if (entry.goneSince().isPresent() && entry.content().sizeBytes() == bytes) {
            return Optional.empty();
        }
        Instant since = entry.goneSince().orElse(now());
        return Optional.of(resources.commits().queue(c -> c.gone(identity, Optional.of(since), bytes)));
    }

    /**
     * Notes of all files of the checkpoint whether they are gone. Returns what the commit queue is to do.
     *
     * @param find whether an inode is there; empty if that cannot be told, and nothing is noted
     * @param isTracked whether it may still be read
     * @param destination how far the destination knows files to be delivered, if it is known: otherwise nothing is lost yet
     */
    List<Mono<Void>> noteAll(
            BiFunction<FileIdentity, CheckpointEntry, Optional<Boolean>> find,
            Predicate<FileIdentity> isTracked,
            SinkPositions destination) {
        Duration tenth = forgetAfter().dividedBy(10);
        next = now().plus(tenth.compareTo(INTERVAL) < 0 ? tenth : INTERVAL);
        knowsDestination = destination != SinkPositions.UNKNOWN;
        List<Mono<Void>> notes = new ArrayList<>();
        resources.positions().entries().forEach((identity, entry) -> {
            FileIdentity inode = identity.ofGeneration(0);
            Optional<Boolean> isThere = find.apply(inode, entry);
            if (isThere.equals(Optional.of(true)) && entry.goneSince().isPresent()) {
                long bytes = entry.content().sizeBytes();
                notes.add(resources.commits().queue(c -> c.gone(identity, Optional.empty(), bytes)));
            } else if (isThere.equals(Optional.of(false)) && !isTracked.test(inode)) {
                long left = countLost(identity, entry, destination);
                note(identity, entry, left).or(() -> forget(identity, entry)).ifPresent(notes::add);
            }
        });
        return notes;
    }

    /** Returns what may still have to be counted as lost: the size up to which it is known. */
    private long countLost(FileIdentity identity, CheckpointEntry entry, SinkPositions destination) {
        long sizeBytes = entry.content().sizeBytes();
        if (!knowsDestination || resources.settings().once()) {
            return sizeBytes;
        }
        long lostBytes = sizeBytes - Math.max(entry.position().offset(), destination.offset(identity));
        if (lostBytes > 0 && destination.generation(identity) <= identity.generation()) {
            String because = NativePath.printable(entry.path())
                    + " was deleted, or moved where it is not found, while no run had it open";
            inputs.inputCovering(entry.path())
                    .ifPresent(of -> resources.counters().lost(of.input(), entry.path(), lostBytes, because));
        }
        return 0;
    }

    private Optional<Mono<Void>> forget(FileIdentity identity, CheckpointEntry entry) {
        Instant since = entry.goneSince().get();
        if (now().isBefore(since.plus(forgetAfter()))) {
            return Optional.empty();
        }
        LOG.info("{} has been gone since {} and is forgotten", entry.path(), since);
        return Optional.of(resources.commits().queue(c -> c.forget(identity)));
    }

    private Duration forgetAfter() {
        return resources.settings().following().forgetAfter();
    }
}
