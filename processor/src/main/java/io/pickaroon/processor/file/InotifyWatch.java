package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code inotify(7)} as Java offers it. */
final class InotifyWatch implements DirectoryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(InotifyWatch.class);

    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Set<Path> refused = new HashSet<>();

    private InotifyWatch(WatchService service) {
        this.service = service;
    }

    static DirectoryWatch open() {
        try {
            return new InotifyWatch(FileSystems.getDefault().newWatchService());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn(
                    "the kernel does not report changes of files: {}; new bytes are noticed later (raise"
                            + " fs.inotify.max_user_instances)",
                    e.getMessage());
            return DirectoryWatch.deaf();
        }
    }

    @Override
    public void watch(Set<Path> directories) {
        keys.entrySet().removeIf(watched -> {
            boolean unwanted = !directories.contains(watched.getKey());
            if (unwanted) {
                watched.getValue().cancel();
            }
            return unwanted;
        });
        for (Path directory : directories) {
            if (!keys.containsKey(directory)) {
                watch(directory);
            }
        }
    }

    private void watch(Path directory) {
        try {
            keys.put(
                    directory,
                    directory.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_DELETE,
                            StandardWatchEventKinds.ENTRY_MODIFY));
            refused.remove(directory);
        } catch (IOException | ClosedWatchServiceException e) {
            if (refused.add(directory)) {
                LOG.warn(
                        "{}: the kernel does not report changes here: {}; they are noticed later (raise"
                                + " fs.inotify.max_user_watches if it is that)",
                        directory,
                        e.getMessage());
            }
        }
    }

    @Override
    public Changes poll() {
        Set<Path> written = new HashSet<>();
        boolean namesChanged = false;
        for (WatchKey key = next(); key != null; key = next()) {
            Path directory = (Path) key.watchable();
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY) && event.context() instanceof Path name) {
                    written.add(directory.resolve(name));
                } else {
                    namesChanged = true;
                }
            }
            if (!key.reset()) {
                keys.remove(directory, key);
                namesChanged = true;
            }
        }
        return written.isEmpty() && !namesChanged ? Changes.NONE : new Changes(written, namesChanged);
    }

    private WatchKey next() {
        try {
            return service.poll();
        } catch (ClosedWatchServiceException closed) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
