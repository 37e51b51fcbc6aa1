package io.pickaroon.processor.track;

import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.SystemCallException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.RemoteFileException;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.ReadErrors;
import io.pickaroon.processor.read.RunResources;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans the directories of inputs, and reports what cannot be scanned, once. Used by one thread at a time. Remembers no files:
 * that is {@link FileTracker}'s.
 */
final class DirectoryScanner {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryScanner.class);

    /** Between two log messages about files that came and went. */
    private static final Duration VANISHED_PAUSE = Duration.ofSeconds(10);

    private final List<InputScanners> inputs;
    private final RunResources resources;
    private final Supplier<NameHistory> names;
    private final Set<String> reported = new HashSet<>();
    private long vanished;
    private long vanishedLoggedNanos;

    /** @param names says which names files have had, by what inotify has reported until then */
    DirectoryScanner(List<InputScanners> inputs, RunResources resources, Supplier<NameHistory> names) {
        this.inputs = inputs;
        this.resources = resources;
        this.names = names;
    }

    /** @param isKnown whether a file was found by an earlier scan */
    DirectoryContents scan(Predicate<FileIdentity> isKnown) {
        DirectoryContents contents = new DirectoryContents();
        for (InputScanners input : inputs) {
            try {
                Discovery.Found found = input.input().files().find();
                contents.addDirectories(found.directories());
                found.unreadable().forEach((path, message) -> reportUnreadable(path, message, input.input()));
                found.files().forEach(path -> scan(path, input, contents));
            } catch (IOException e) {
                reportOnce("input %s: %s"
                        .formatted(input.input().id(), ByteText.withoutControls(String.valueOf(e.getMessage()))));
            }
        }
        // What a scan sees under a name may be the successor of a file that is reported as renamed only now.
        addRenamed(names.get(), isKnown, contents);
        return contents;
    }

    private void addRenamed(NameHistory history, Predicate<FileIdentity> isKnown, DirectoryContents contents) {
        history.renamed().reversed().forEach(file -> {
            for (Path name : file.earlier()) {
                Optional<InputScanners> input = inputCovering(name);
                if (input.isPresent()) {
                    sighting(file.place(), input.get())
                            .filter(sighting -> !isKnown.test(sighting.identity()))
                            .ifPresent(sighting -> contents.addRenamed(sighting, name, input.get()));
                    return;
                }
            }
        });
        history.scanned(contents.places()::contains);
        history.takeVanished().forEach(this::reportVanished);
    }

    Optional<InputScanners> inputCovering(Path path) {
        return inputs.stream()
                .filter(input -> input.input().files().covers(path))
                .findFirst();
    }

    private void scan(Path path, InputScanners input, DirectoryContents contents) {
        contents.addName(path, input);
        Optional<FileSighting> sighting = sighting(path, input);
        if (sighting.isEmpty()) {
            return;
        }
        InputScanners owner = contents.add(path, input, sighting.get());
        if (!owner.equals(input)) {
            reportOnce("%s belongs to input %s too, which has it already; it is not read a second time for input %s"
                    .formatted(
                            NativePath.printable(path),
                            owner.input().id(),
                            input.input().id()));
        }
    }

    private Optional<FileSighting> sighting(Path path, InputScanners input) {
        try {
            return resources.machine().look(path);
        } catch (IOException e) {
            boolean mayPass = RemoteFileException.isCauseOf(e);
            if (mayPass) {
                resources.counters().retried(input.input());
            }
            if (!resources.settings().once()
                    && reportOnce("left out until that is mended: " + ReadErrors.describe(e, input.input()))
                    && !mayPass) {
                resources.counters().problem(input.input(), path, e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Whether a file that is known is at this place now. */
    SearchResult find(FileIdentity inode, Path place) {
        try {
            return SearchResult.of(resources
                    .machine()
                    .look(place)
                    .filter(there -> there.identity().equals(inode)));
        } catch (SystemCallException e) {
            return e.isOfPath() ? SearchResult.NOWHERE : SearchResult.UNKNOWN;
        } catch (FileSystemException noRegularFile) {
            return SearchResult.NOWHERE;
        } catch (IOException cannotTell) {
            return SearchResult.UNKNOWN;
        }
    }

    /**
     * Searches for a file beside a name that it had, beside what that name leads to, and where it was last.
     *
     * @param last empty if it was never found anywhere else
     */
    SearchResult search(FileIdentity inode, Path home, Optional<Path> last, DirectoryContents contents) {
        Set<Path> directories = new LinkedHashSet<>();
        directories.add(home.getParent());
        last.map(Path::getParent).ifPresent(directories::add);
        FileLocation.real(home).map(Path::getParent).ifPresent(directories::add);
        return contents.search(inode, directories, this::filesIn);
    }

    /** The files in a directory, and whether these are all. */
    DirectoryContents.Listing filesIn(Path directory) {
        Map<FileIdentity, FileSighting> files = new HashMap<>();
        try {
            resources.machine().filesIn(directory, file -> files.putIfAbsent(file.identity(), file));
            return new DirectoryContents.Listing(files, true);
        } catch (IOException e) {
            reportOnce(
                    ("%s: cannot be searched for rotated files: %s; they are searched for again, and until then count"
                                    + " neither as gone nor as lost")
                            .formatted(NativePath.printable(directory), ReadErrors.reason(e)));
            return new DirectoryContents.Listing(files, false);
        }
    }

    /** Each is a problem of its own, and not each one is logged. */
    private void reportVanished(Path path) {
        String message =
                ("%s came and was deleted, or moved to a directory that is not watched, before it could be opened;"
                    + " what was in it was not read; it is number %d of such files. Keep rotated files for some"
                    + " seconds, in a directory that an input names")
                        .formatted(NativePath.printable(path), ++vanished);
        inputCovering(path).ifPresent(input -> resources.counters().problem(input.input(), path, message));
        long nowNanos = resources.nowNanos();
        if (vanished == 1 || nowNanos - vanishedLoggedNanos >= VANISHED_PAUSE.toNanos()) {
            vanishedLoggedNanos = nowNanos;
            LOG.warn("{}", message);
        }
    }

    private void reportUnreadable(Path path, String message, LogInput input) {
        if (reported.add(message)) {
            resources.counters().problem(input, path, message);
        }
    }

    private boolean reportOnce(String message) {
        boolean isNew = reported.add(message);
        if (isNew) {
            LOG.error("{}", message);
        }
        return isNew;
    }
}
