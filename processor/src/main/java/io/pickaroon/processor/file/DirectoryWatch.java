package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reports changes in directories that the kernel notices, so that directories are listed less often. It may miss
 * changes, so they are still listed now and then. Used by one thread at a time; another thread may close it during a
 * poll.
 */
public interface DirectoryWatch extends AutoCloseable {
    /**
     * The changes since the last poll.
     *
     * @param written paths whose content has changed
     * @param namesChanged true if names were added, removed or replaced, or if that is unknown
     * @param names the changes of names, in order, as far as they are known
     */
    record Changes(Set<Path> written, boolean namesChanged, List<NameChange> names) {
        static final Changes NONE = new Changes(Set.of(), false, List.of());
    }

    /** A watch by inotify, or one that reports nothing if the kernel has no inotify instance left. */
    static DirectoryWatch open() {
        return InotifyWatch.open();
    }

    /** One that reports nothing. */
    static DirectoryWatch deaf() {
        return new DirectoryWatch() {
            @Override
            public boolean watch(Set<Path> directories) {
                return false;
            }

            @Override
            public boolean hearsAll() {
                return false;
            }

            @Override
            public Changes poll() {
                return Changes.NONE;
            }

            @Override
            public void close() {}
        };
    }

    /**
     * Watches the directories that these paths lead to now, and stops watching all others. Also watches the directories
     * on the way, in case one is made or replaced. Logs once what cannot be watched.
     *
     * @param directories absolute paths
     * @return true if a directory is watched that was not before: what was seen there earlier may have changed
     *     unnoticed
     */
    boolean watch(Set<Path> directories);

    /** True if changes in all of them are reported; if not, directories have to be listed more often. */
    boolean hearsAll();

    /** Returns at once. */
    Changes poll();

    @Override
    void close() throws IOException;
}
