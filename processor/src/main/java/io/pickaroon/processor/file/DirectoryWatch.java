package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reports changes in directories as the kernel tells them, so that directories need not be listed all the time. It may miss
 * some: they are still listed now and then. Safe to close while another thread polls; else used by one thread at a time.
 */
public interface DirectoryWatch extends AutoCloseable {
    /**
     * What has happened since the last time.
     *
     * @param written paths whose content has changed
     * @param namesChanged whether names were added, removed or replaced, or that cannot be told
     * @param names which ones, in order, as far as that can be told
     */
    record Changes(Set<Path> written, boolean namesChanged, List<NameChange> names) {
        static final Changes NONE = new Changes(Set.of(), false, List.of());
    }

    /** That of the kernel (inotify); one that reports nothing, if the kernel gives none. */
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
     * Watches what these paths lead to now, and nothing else any more. Of a directory that does not exist, or that may be
     * replaced by another one, the directories on the way are watched for that. What cannot be watched is said once.
     *
     * @param directories absolute paths
     * @return whether something is watched that was not before: what was seen there by then may have changed unnoticed
     */
    boolean watch(Set<Path> directories);

    /** Whether changes in all of them are reported; if not, directories have to be listed more often. */
    boolean hearsAll();

    /** Returns at once. */
    Changes poll();

    @Override
    void close() throws IOException;
}
