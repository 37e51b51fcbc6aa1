package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
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
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that were renamed while no task looked, so that no input has them any more: the committed offsets tell that they were read,
 * and under which name. For one thread.
 */
final class RenamedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RenamedFiles.class);
    /** The offsets of the first ones stay when an inode is given to other files. */
    private static final int FIRST_GENERATIONS = 4;

    private final String label;
    private final TaskFiles files;
    private final WorkerOffsets offsets;
    /** What was found out about files, by inode number. */
    private final Map<Long, Verdict> verdicts = new HashMap<>();
    /** Those that could not be read, and were said. */
    private final Set<FileIdentity> unread = new HashSet<>();

    /** @param home empty if it is no file of an input */
    private record Verdict(FileIdentity identity, Optional<Home> home) {}

    private record Home(String input, Path path) {}

    RenamedFiles(String label, TaskFiles files, WorkerOffsets offsets) {
        this.label = label;
        this.files = files;
        this.offsets = offsets;
    }

    /** Those among the other files of a look. */
    Collection<ListedFile> of(Listing found) {
        List<FileSighting> unknown = found.others().stream()
                .filter(other -> verdict(other).isEmpty())
                .toList();
        judge(unknown);
        List<ListedFile> renamed = new ArrayList<>();
        for (FileSighting other : found.others()) {
            verdict(other)
                    .flatMap(Verdict::home)
                    .ifPresent(home -> renamed.add(new ListedFile(
                            home.input(), other.path(), home.path(), other.identity(), other.sizeBytes())));
        }
        return renamed;
    }

    /** True if nothing is found out yet about one of the other files of a look. */
    boolean mayBeMoreThan(Listing found) {
        return found.others().stream().anyMatch(other -> verdict(other).isEmpty());
    }

    private Optional<Verdict> verdict(FileSighting other) {
        return Optional.ofNullable(verdicts.get(other.identity().inode()))
                .filter(verdict -> verdict.identity().equals(other.identity()));
    }

    private void judge(List<FileSighting> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        Map<Split, SplitOffset> first = offsets.of(unknown.stream()
                .flatMap(other -> IntStream.range(0, FIRST_GENERATIONS)
                        .mapToObj(generation -> new Split(key(other).ofGeneration(generation), 0)))
                .toList());
        Map<Long, List<SplitOffset>> byInode = new HashMap<>();
        first.forEach((split, offset) -> byInode.computeIfAbsent(split.file().inode(), _ -> new ArrayList<>())
                .add(offset));
        for (FileSighting other : unknown) {
            List<SplitOffset> known = byInode.getOrDefault(other.identity().inode(), List.of());
            try {
                Optional<Home> home = known.isEmpty() ? Optional.empty() : home(other);
                verdicts.put(other.identity().inode(), new Verdict(other.identity(), home));
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
                LOG.warn(
                        "{} may be {}, renamed while no task ran; too little of it was committed to tell, and it is"
                                + " not read",
                        NativePath.printable(other.path()),
                        latest.get().path());
                return Optional.empty();
            }
        }
        return path(latest.get().path()).flatMap(path -> files.inputOf(path).map(input -> new Home(input, path)));
    }

    private Optional<SplitOffset> latest(FileKey file) {
        Optional<SplitOffset> latest = Optional.empty();
        for (int generation = 0; ; generation++) {
            Split split = new Split(file.ofGeneration(generation), 0);
            Optional<SplitOffset> found =
                    Optional.ofNullable(offsets.of(List.of(split)).get(split));
            if (found.isEmpty() && generation >= FIRST_GENERATIONS) {
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
