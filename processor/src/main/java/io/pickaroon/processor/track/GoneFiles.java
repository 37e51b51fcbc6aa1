package io.pickaroon.processor.track;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.RunResources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final CompressedLogs archives;
    /** Of files that were compressed since the run before. */
    private Map<FileIdentity, CompressedLogs.Unread> compressed = Map.of();

    /** Gone since the run before, until it is known how far they were delivered. */
    private final Set<FileIdentity> newlyGone = new HashSet<>();

    private Instant next = Instant.MIN;
    /** Whether it is known how far the destination knew files that were gone before the run. */
    private boolean knowsDestination;

    GoneFiles(RunResources resources, DirectoryScanner inputs) {
        this.resources = resources;
        this.inputs = inputs;
        this.archives = new CompressedLogs(resources.machine(), inputs::filesIn);
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
        boolean isFirst = next.equals(Instant.MIN);
        Duration tenth = forgetAfter().dividedBy(10);
        next = now().plus(tenth.compareTo(INTERVAL) < 0 ? tenth : INTERVAL);
        knowsDestination = destination != SinkPositions.UNKNOWN;
        List<Mono<Void>> notes = new ArrayList<>();
        Map<FileIdentity, CheckpointEntry> known = resources.positions().entries();
        Map<FileIdentity, Optional<Boolean>> found = new HashMap<>();
        known.forEach((identity, entry) -> found.put(identity, find.apply(identity.ofGeneration(0), entry)));
        if (isFirst && !resources.settings().once()) {
            known.keySet().stream()
                    .filter(file -> found.get(file).equals(Optional.of(false))
                            && !isTracked.test(file.ofGeneration(0))
                            && known.get(file).goneSince().isEmpty())
                    .forEach(newlyGone::add);
            compressed = archives.find(known, newlyGone::contains);
        }
        known.forEach((identity, entry) -> {
            FileIdentity inode = identity.ofGeneration(0);
            Optional<Boolean> isThere = found.get(identity);
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
        Optional<CompressedLogs.Unread> archive = Optional.ofNullable(compressed.get(identity));
        long sizeBytes = Math.max(
                entry.content().sizeBytes(),
                archive.map(CompressedLogs.Unread::bytes).orElse(0L));
        if (!knowsDestination || resources.settings().once()) {
            return sizeBytes;
        }
        long delivered = Math.max(entry.position().offset(), destination.offset(identity));
        long lostBytes = sizeBytes - delivered;
        if (newlyGone.remove(identity)) {
            noteUnfixed(entry, archive, delivered);
        }
        if (lostBytes > 0 && destination.generation(identity) <= identity.generation()) {
            String because = NativePath.printable(entry.path())
                    + archive.map(of -> compressed(of, delivered))
                            .orElse(" was deleted, or moved where it is not found, while no run had it open");
            inputs.inputCovering(entry.path())
                    .ifPresent(of -> resources.counters().lost(of.input(), entry.path(), lostBytes, because));
        }
        return 0;
    }

    /** Says that fixes were not made in what was delivered. */
    private void noteUnfixed(CheckpointEntry entry, Optional<CompressedLogs.Unread> archive, long delivered) {
        long fixed = entry.waiting().from().offset();
        Optional<LogInput> input = inputs.inputCovering(entry.path()).map(InputScanners::input);
        if (delivered > fixed && input.filter(LogInput::hasFixes).isPresent()) {
            String message = "%s is gone before its fixes between the bytes %d and %d were made%s"
                    .formatted(
                            NativePath.printable(entry.path()),
                            fixed,
                            delivered,
                            archive.map(of -> ": what they were to hide is in " + NativePath.printable(of.path()))
                                    .orElse("; a copy of it may have what they were to hide"));
            LOG.warn("{}", message);
            resources.counters().problem(input.get(), entry.path(), message);
        }
    }

    private static String compressed(CompressedLogs.Unread archive, long delivered) {
        return (" was compressed while no run had it open, and archives are not followed: what it held from byte %d on"
            + " is in %s%s. Until that is deleted, 'pickaroon scan' shows it, and 'pickaroon run --once' with an input"
            + " for it sends all of it")
                .formatted(
                        delivered,
                        NativePath.printable(archive.path()),
                        archive.later() == 0
                                ? ""
                                : ", and what followed in archives made after it (%d)".formatted(archive.later()));
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
