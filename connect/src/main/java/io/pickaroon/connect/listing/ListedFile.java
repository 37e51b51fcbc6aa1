package io.pickaroon.connect.listing;

import io.pickaroon.processor.file.FileIdentity;
import java.nio.file.Path;

/**
 * A file of an input, as one look found it. Immutable.
 *
 * @param input id of the input
 * @param path a path that leads to it
 * @param home the path under which it is known: another one if it was renamed, so that the input's patterns have it no more
 * @param identity as its host knows it; of the inode number tasks make its key
 * @param sizeBytes what it had then
 */
public record ListedFile(String input, Path path, Path home, FileIdentity identity, long sizeBytes) {
    /** True if its path is not the one under which it is known. */
    public boolean isRenamed() {
        return !path.equals(home);
    }

    /** Inode number, an unsigned number of 64 bits. */
    public long inode() {
        return identity.inode();
    }
}
