package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileSystemType;
import io.pickaroon.processor.directio.Inotify;
import io.pickaroon.processor.directio.Inotify.Interest;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories watched with {@code inotify(7)}. A watch is on an inode: at each {@link #watch} the kernel resolves the
 * paths again, so that a directory that took the name of another one is watched, and the other one too, under its new
 * name, if it is still wanted. The directories on the way are watched for the names on the way.
 */
final class InotifyWatch implements DirectoryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(InotifyWatch.class);
    private static final String INSTEAD = "changes are noticed within about a second instead, by listing directories";

    /** Finds the file system of a directory. */
    interface FileSystems {
        FileSystemType of(Path directory) throws IOException;
    }

    private final Inotify inotify;
    private final FileSystems fileSystems;
    private Map<Integer, Watched> watches = new HashMap<>();
    private final Set<Object> said = new HashSet<>();
    private boolean hearsAll = true;
    private boolean isClosed;

    /** One inode. */
    private static final class Watched {
        /** The wanted paths that lead to it. */
        final Set<Path> directories = new HashSet<>();
        /** Names in it that are on the way to others. */
        final Set<ByteBuffer> names = new HashSet<>();
        /** Null if the kernel reports all changes there. */
        FileSystemType unheard;

        boolean hears(byte[] name) {
            return !directories.isEmpty() || names.contains(ByteBuffer.wrap(name));
        }

        boolean hearsMoreThan(Watched before) {
            return !before.directories.containsAll(directories)
                    || before.directories.isEmpty() && !before.names.containsAll(names);
        }
    }

    InotifyWatch(Inotify inotify, FileSystems fileSystems) {
        this.inotify = inotify;
        this.fileSystems = fileSystems;
    }

    static DirectoryWatch open() {
        try {
            return new InotifyWatch(Inotify.open(), FileSystemType::of);
        } catch (IOException e) {
            LOG.warn("the kernel does not report changes of files: {}; {}", e.getMessage(), INSTEAD);
            return DirectoryWatch.deaf();
        }
    }

    @Override
    public synchronized boolean watch(Set<Path> directories) {
        if (isClosed) {
            return false;
        }
        Map<Integer, Watched> next = new HashMap<>();
        hearsAll = true;
        Set<Path> refused = watchTheWay(directories, next);
        for (Path directory : directories) {
            watch(directory, next, refused);
        }
        boolean hearsMore = next.entrySet().stream().anyMatch(entry -> {
            Watched before = watches.get(entry.getKey());
            return before == null || entry.getValue().hearsMoreThan(before);
        });
        watches.keySet().stream().filter(watch -> !next.containsKey(watch)).forEach(inotify::unwatch);
        watches = next;
        return hearsMore;
    }

    /** Returns what cannot be watched on the way. */
    private Set<Path> watchTheWay(Set<Path> directories, Map<Integer, Watched> next) {
        PathSteps steps = new PathSteps();
        directories.forEach(steps::add);
        Set<Path> refused = new HashSet<>();
        steps.names().forEach((step, names) -> {
            try {
                if (!directories.contains(step)) {
                    watched(inotify.watch(step, Interest.NAMES), next).names.addAll(names);
                }
            } catch (NoSuchFileException | NotDirectoryException notThereYet) {
                return;
            } catch (IOException e) {
                refused.add(step);
            }
        });
        return refused;
    }

    private void watch(Path directory, Map<Integer, Watched> next, Set<Path> refused) {
        try {
            int watch = inotify.watch(directory, Interest.NAMES_AND_CONTENT);
            Watched watched = watched(watch, next);
            Watched before = watches.get(watch);
            watched.directories.add(directory);
            if (before == null || before.directories.isEmpty()) {
                FileSystemType type = fileSystems.of(directory);
                watched.unheard = type.reportsAllChanges() ? null : type;
            }
            if (watched.unheard != null) {
                unheard(
                        watched.unheard,
                        directory,
                        "on %s, where the kernel does not report what other hosts or programs write"
                                .formatted(watched.unheard));
            }
        } catch (NoSuchFileException | NotDirectoryException notThereYet) {
            Path nearest = nearest(directory);
            if (refused.contains(nearest)) {
                unheard(
                        directory,
                        directory,
                        "does not exist, and %s cannot be watched for it".formatted(NativePath.printable(nearest)));
            }
        } catch (Inotify.LimitException e) {
            unheard(
                    Inotify.LimitException.class,
                    directory,
                    "this directory, and perhaps others, cannot be watched: " + e.getMessage());
        } catch (IOException e) {
            unheard(directory, directory, "cannot be watched: " + e.getMessage());
        }
    }

    private Watched watched(int watch, Map<Integer, Watched> next) {
        return next.computeIfAbsent(watch, _ -> {
            Watched made = new Watched();
            Watched before = watches.get(watch);
            made.unheard = before == null ? null : before.unheard;
            return made;
        });
    }

    private static Path nearest(Path directory) {
        Path nearest = directory.getParent();
        while (nearest.getParent() != null && !Files.isDirectory(nearest)) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    private void unheard(Object once, Path directory, String why) {
        hearsAll = false;
        if (said.add(once)) {
            LOG.warn("{}: {}; {}", directory, why, INSTEAD);
        }
    }

    @Override
    public synchronized boolean hearsAll() {
        return hearsAll;
    }

    @Override
    public synchronized Changes poll() {
        if (isClosed) {
            return Changes.NONE;
        }
        News news = new News();
        inotify.poll(news);
        news.endRename();
        return news.written.isEmpty() && !news.namesChanged
                ? Changes.NONE
                : new Changes(news.written, news.namesChanged, news.names);
    }

    /** The first event of a rename. */
    private record From(int watch, List<Path> paths, int cookie) {}

    /** The result of one poll. */
    private final class News implements Inotify.Listener {
        final Set<Path> written = new HashSet<>();
        final List<NameChange> names = new ArrayList<>();
        boolean namesChanged;
        /** The first event of a rename, until the second one comes, which follows at once; null if there is none. */
        private From from;

        @Override
        public void written(int watch, byte[] name) {
            written.addAll(paths(watch, name));
        }

        @Override
        public void created(int watch, byte[] name) {
            endRename();
            named(watch, name);
            paths(watch, name).forEach(path -> names.add(new NameChange.Created(path)));
        }

        @Override
        public void deleted(int watch, byte[] name) {
            endRename();
            named(watch, name);
            paths(watch, name).forEach(path -> names.add(new NameChange.Removed(path)));
        }

        @Override
        public void renamedFrom(int watch, byte[] name, int cookie) {
            endRename();
            named(watch, name);
            from = new From(watch, paths(watch, name), cookie);
        }

        @Override
        public void renamedTo(int watch, byte[] name, int cookie) {
            List<Path> to = paths(watch, name);
            if (from == null || from.cookie != cookie || from.paths.isEmpty() || to.isEmpty()) {
                created(watch, name);
                return;
            }
            named(watch, name);
            for (int i = 0; i < to.size() && (i == 0 || from.watch == watch); i++) {
                names.add(new NameChange.Renamed(from.paths.get(i), to.get(i)));
            }
            from = null;
        }

        /** The file was moved to a directory that is not watched. */
        void endRename() {
            if (from != null) {
                from.paths.forEach(path -> names.add(new NameChange.Removed(path)));
                from = null;
            }
        }

        private void named(int watch, byte[] name) {
            Watched watched = watches.get(watch);
            namesChanged |= watched != null && watched.hears(name);
        }

        /** In each of the wanted directories that are this one, in the same order each time. */
        private List<Path> paths(int watch, byte[] name) {
            Watched watched = watches.get(watch);
            return watched == null
                    ? List.of()
                    : watched.directories.stream()
                            .map(directory -> NativePath.resolve(directory, name))
                            .toList();
        }

        @Override
        public void moved(int watch) {
            namesChanged |= watches.containsKey(watch);
        }

        @Override
        public void ended(int watch) {
            namesChanged |= watches.remove(watch) != null;
        }

        @Override
        public void overflowed() {
            namesChanged = true;
            if (said.add(Inotify.class)) {
                LOG.warn("the kernel has dropped reports of changes of files: files that were renamed or deleted soon"
                        + " after they changed may be missed; raise fs.inotify.max_queued_events (sysctl)");
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            inotify.close();
        }
    }
}
