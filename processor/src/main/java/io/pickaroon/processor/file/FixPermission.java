package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.FileSystemType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Decides whether a file may be changed. A user who can write to a directory of logs can put a link to any file there,
 * and a process with more rights must not change it on that user's behalf. The decision is made when the file is open
 * already, so that it is about the very file that is changed. Thread-safe.
 */
public interface FixPermission {
    /** Permits every file, on a network file system too, where a fix can undo what another host appends meanwhile. */
    FixPermission EVERY_FILE = (_, _, _, _) -> {};

    /**
     * Notes that a file was found. It is opened later, perhaps under another name, if it is rotated before that.
     *
     * @param path under which it was found, absolute
     * @param realPath its path now, without symbolic links
     */
    default void found(Path path, Path realPath, FileStatus status) {}

    /**
     * Returns if the file may be changed.
     *
     * @param path by which it was opened, absolute; it may lead elsewhere by now
     * @param realPath its path, without symbolic links
     * @param fileSystem that it is on
     * @throws IOException if not; the message says why, and what to do
     */
    void require(Path path, Path realPath, FileStatus status, FileSystemType fileSystem) throws IOException;
}
