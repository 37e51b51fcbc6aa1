package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Decides whether a file may be changed: whoever can write to a directory of logs can put a link to any file there, and must
 * not get that changed by a process that may do more than he. Asked when the file is held already, so that the answer is
 * about the file that will be changed. Thread-safe.
 */
public interface FixPermission {
    /** Every file that is asked for by its name. */
    FixPermission EVERY_FILE = (_, _) -> {};

    /**
     * A file was found, and will be asked for later: under another name, perhaps, if it is rotated before that.
     *
     * @param realPath where it is now, without any symbolic link on the way
     */
    default void found(Path realPath, FileStatus status) {}

    /**
     * Returns if it may be changed.
     *
     * @param realPath where it is, without any symbolic link on the way
     * @throws IOException if not; the message says why, and what to do
     */
    void require(Path realPath, FileStatus status) throws IOException;
}
