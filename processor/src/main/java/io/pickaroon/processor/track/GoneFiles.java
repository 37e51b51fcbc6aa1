package io.pickaroon.processor.track;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
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
 * Notes in the checkpoint since when files are gone, and has it forget those that are gone for long. Used by one scan at a
 * time. Does not search for them.
 */
final class GoneFiles {
    private static final Logger LOG = LoggerFactory.getLogger(GoneFiles.class);
    /** How often files are looked for that only the checkpoint knows. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final RunResources resources;
    private Instant next = Instant.MIN;

    GoneFiles(RunResources resources) {
        this.resources = resources;
    }

    private Instant now() {
        return resources.machine().clock().instant();
    }

    /** Whether it is time for {@link #noteAll}. */
    boolean isDue() {
        return !now().isBefore(next);
    }

    /** Notes that files are gone. Returns what the commit queue is to do. */
    List<Mono<Void>> note(List<? extends TrackedFile<?>> gone) {
        Instant now = now();
        List<Mono<Void>> notes = new ArrayList<>();
        for (TrackedFile<?> file : gone) {
            resources
                    .positions()
                    .entry(file.identity())
                    .flatMap(entry -> note(file.identity(), entry, true, now))
                    .ifPresent(notes::add);
        }
        return notes;
    }

    /**
     * Notes of all files of the checkpoint whether they are gone. Returns what the commit queue is to do.
     *
     * @param find whether an inode is there; empty if that cannot be told, and nothing is noted
     * @param isTracked whether it may still be read
     */
    List<Mono<Void>> noteAll(
            BiFunction<FileIdentity, CheckpointEntry, Optional<Boolean>> find, Predicate<FileIdentity> isTracked) {
        Instant now = now();
        Duration tenth = forgetAfter().dividedBy(10);
        next = now.plus(tenth.compareTo(INTERVAL) < 0 ? tenth : INTERVAL);
        List<Mono<Void>> notes = new ArrayList<>();
        resources.positions().entries().forEach((identity, entry) -> {
            FileIdentity inode = identity.ofGeneration(0);
            find.apply(inode, entry)
                    .flatMap(isThere -> isThere
                            ? entry.goneSince()
                                    .map(_ -> resources.commits().queue(c -> c.gone(identity, Optional.empty())))
                            : note(identity, entry, isTracked.test(inode), now))
                    .ifPresent(notes::add);
        });
        return notes;
    }

    private Optional<Mono<Void>> note(FileIdentity identity, CheckpointEntry entry, boolean isTracked, Instant now) {
        if (entry.goneSince().isEmpty()) {
            return Optional.of(resources.commits().queue(c -> c.gone(identity, Optional.of(now))));
        }
        Instant due = entry.goneSince().get().plus(forgetAfter());
        if (now.isBefore(due) || isTracked) {
            return Optional.empty();
        }
        LOG.info(
                "{} has been gone since {} and is forgotten",
                entry.path(),
                entry.goneSince().get());
        return Optional.of(resources.commits().queue(c -> c.forget(identity)));
    }

    private Duration forgetAfter() {
        return resources.settings().following().forgetAfter();
    }
}
