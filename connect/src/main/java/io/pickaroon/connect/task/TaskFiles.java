package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.Listing;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a task's inputs, as its worker sees them. For one thread. */
interface TaskFiles extends AutoCloseable {
    /**
     * What the last look at the directories found; it may be as old as the look interval.
     *
     * @throws IOException if nothing can be said, and nothing was found before
     * @throws io.pickaroon.inputs.discovery.DiscoveryException if two inputs have the same file, or a pattern is no glob
     */
    Listing look() throws IOException;

    /** The input that would have a file of this name; empty if none would. */
    Optional<String> inputOf(Path path);

    /**
     * Opens a file for reading.
     *
     * @throws IOException if it cannot be opened, or is no regular file
     */
    LogFile open(Path path) throws IOException;

    @Override
    void close();
}
