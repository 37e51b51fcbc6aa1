package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Hears of changes in directories from the kernel, so that nobody has to look all the time. It may miss some: whoever uses
 * it still looks now and then. Used by one thread at a time.
 */
public interface DirectoryWatch extends AutoCloseable {
    /**
     * What has happened since the last time.
     *
     * @param written paths whose content has changed
     * @param namesChanged whether names were added, removed or replaced, or nobody can tell
     */
    record Changes(Set<Path> written, boolean namesChanged) {
        static final Changes NONE = new Changes(Set.of(), false);
    }

    /** That of the kernel (inotify); one that hears nothing, if the kernel gives none. */
    static DirectoryWatch open() {
        return InotifyWatch.open();
    }

    /** One that hears nothing. */
    static DirectoryWatch deaf() {
        return new DirectoryWatch() {
            @Override
            public void watch(Set<Path> directories) {}

            @Override
            public Changes poll() {
                return Changes.NONE;
            }

            @Override
            public void close() {}
        };
    }

    /** Watches these directories, and no others any more. What cannot be watched is said once. */
    void watch(Set<Path> directories);

    /** Returns at once. */
    Changes poll();

    @Override
    void close() throws IOException;
}
