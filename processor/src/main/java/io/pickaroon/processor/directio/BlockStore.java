package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The directory of block files: their names and how these change. Tests replace it by a twin that crashes. */
public interface BlockStore {
    /** Makes the directory and its missing parents, for this user alone (0700); durable on return. */
    void createDirectories(Path directory) throws IOException;

    /**
     * Opens a file that exists.
     *
     * @throws NoSuchFileException if it does not
     */
    BlockFile open(Path file) throws IOException;

    /**
     * Makes an empty file, readable and writable by this user alone (0600). An existing file with the name is deleted.
     * The name itself is durable only after {@link #replace}.
     */
    BlockFile create(Path file) throws IOException;

    /**
     * Gives {@code from} the name {@code to} in the same directory, in place of the file that had it; durable on return.
     * A crash in between leaves one or the other under that name.
     */
    void replace(Path from, Path to) throws IOException;
}
