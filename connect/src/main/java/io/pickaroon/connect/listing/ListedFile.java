package io.pickaroon.connect.listing;

import io.pickaroon.processor.file.FileIdentity;
import java.nio.file.Path;

/**
 * A file of an input, as one look found it. Immutable.
 *
 * @param input id of the input
 * @param path a path that leads to it
 * @param identity as its host knows it; of the inode number tasks make its key
 * @param sizeBytes what it had then
 * @param isRenamed true if the input's patterns do not have the path: an earlier look found the same file under one that they have
 */
public record ListedFile(String input, Path path, FileIdentity identity, long sizeBytes, boolean isRenamed) {
    /** Inode number, an unsigned number of 64 bits. */
    public long inode() {
        return identity.inode();
    }
}
