package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that were renamed while no task looked, so that no input has them any more: the committed offsets tell that they were read,
 * and under which name. For one thread.
 */
final class RenamedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RenamedFiles.class);

    private final SplitPlan plan;
    private final String label;
    private final TaskFiles files;
    private final WorkerOffsets offsets;
    private final TaskFigures figures;
    /** What was found out about files, by inode number. */
    private final Map<Long, Verdict> verdicts = new HashMap<>();
    /** Those that could not be read, or not be told, and were said. */
    private final Set<FileIdentity> unread = new HashSet<>();

    private final Set<FileIdentity> left = new HashSet<>();

    /**
     * What was found out about a file.
     *
     * @param home empty if it is no file of an input, as far as is committed
     * @param look number of the look at which that was found out
     * @param looks after so many more it is found out anew: the owner of split 0, on another host, may have committed something
     */
    private record Verdict(FileIdentity identity, Optional<Home> home, long look, long looks) {
        boolean holds(FileSighting file, long now) {
            return identity.equals(file.identity()) && (home.isPresent() || now - look < looks);
        }
    }

    private record Home(String input, Path path) {}

    RenamedFiles(SplitPlan plan, String label, TaskFiles files, WorkerOffsets offsets, TaskFigures figures) {
        this.plan = plan;
        this.label = label;
        this.files = files;
        this.offsets = offsets;
        this.figures = figures;
    }

    /** Those among the other files of a look. */
    Collection<ListedFile> of(Listing found) {
        judge(
                found.others().stream()
                        .filter(other -> verdict(other, found.number()).isEmpty())
                        .toList(),
                found.number());
        List<ListedFile> renamed = new ArrayList<>();
        for (FileSighting other : found.others()) {
            verdict(other, found.number())
                    .flatMap(Verdict::home)
                    .ifPresent(home -> renamed.add(new ListedFile(
                            home.input(), other.path(), home.path(), other.identity(), other.sizeBytes())));
        }
        return renamed;
    }

    /** True if nothing is found out yet about one of the other files of a look. */
    boolean mayBeMoreThan(Listing found) {
        return found.others().stream()
                .anyMatch(other -> verdict(other, found.number()).isEmpty());
    }

    private Optional<Verdict> verdict(FileSighting other, long look) {
        return Optional.ofNullable(verdicts.get(other.identity().inode()))
                .filter(verdict -> verdict.holds(other, look));
    }

    private void judge(List<FileSighting> unknown, long look) {
        if (unknown.isEmpty()) {
            return;
        }
        Set<Long> known =
                offsets.committedInodes(unknown.stream().map(this::key).toList());
        for (FileSighting other : unknown) {
            try {
                Optional<Home> home = known.contains(other.identity().inode()) ? home(other) : Optional.empty();
                verdicts.merge(
                        other.identity().inode(),
                        new Verdict(other.identity(), home, look, 1),
                        (before, now) -> before.identity().equals(now.identity())
                                ? new Verdict(now.identity(), now.home(), look, 2 * before.looks())
                                : now);
            } catch (IOException e) {
                sayUnread(other, e);
            }
        }
        offsets.forget();
    }

    /** It is tried again at each look, and said once. */
    private void sayUnread(FileSighting other, IOException e) {
        if (unread.add(other.identity())) {
            LOG.warn(
                    "{} cannot be read, and may be a renamed file; it is tried again: {}",
                    NativePath.printable(other.path()),
                    e.getMessage());
        }
    }

    private FileKey key(FileSighting other) {
        return new FileKey(label, other.identity().inode(), 0);
    }

    /** Under which name it was read; empty if it is another file by now. */
    private Optional<Home> home(FileSighting other) throws IOException {
        Optional<SplitOffset> latest = latest(key(other));
        try (LogFile file = files.open(other.path())) {
            if (latest.isEmpty() || latest.get().fitOf(file) != SplitOffset.Fit.FITS) {
                return Optional.empty();
            }
            if (!latest.get().isStrong() && latest.get().isBornAtSameTime(file).isEmpty()) {
                leave(other, latest.get());
                return Optional.empty();
            }
        }
        return path(latest.get().path()).flatMap(path -> files.inputOf(path).map(input -> new Home(input, path)));
    }

    /** The owner of split 0 says and counts it, once: the others read nothing before its offset tells the file. */
    private void leave(FileSighting other, SplitOffset latest) {
        if (plan.isMine(new Split(key(other), 0)) && left.add(other.identity())) {
            long reachedOffset = latest.position().offset();
            long unreadBytes = Math.max(0, other.sizeBytes() - reachedOffset);
            figures.lost(unreadBytes);
            LOG.warn(
                    "{} may be {}, renamed while no task ran; too little of it was committed to tell, and what it has"
                            + " behind byte {} is not read: {} bytes now",
                    NativePath.printable(other.path()),
                    latest.path(),
                    reachedOffset,
                    unreadBytes);
        }
    }

    private Optional<SplitOffset> latest(FileKey file) {
        Optional<SplitOffset> latest = Optional.empty();
        for (int generation = 0; ; generation++) {
            Split split = new Split(file.ofGeneration(generation), 0);
            Optional<SplitOffset> found =
                    Optional.ofNullable(offsets.of(List.of(split)).get(split));
            if (found.isEmpty() && generation >= WorkerOffsets.FIRST_GENERATIONS) {
                return latest;
            }
            latest = found.isPresent() ? found : latest;
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
