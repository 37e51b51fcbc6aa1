package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.listing.SharedListing;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The files of a directory, looked for each time that a task asks, and opened as a test wants. */
final class DirectoryFiles implements TaskFiles {
    private final SharedListing listing;
    private final Opening opening;

    /** What a task gets of a file. */
    @FunctionalInterface
    interface Opening {
        LogFile open(Path path) throws IOException;
    }

    DirectoryFiles(ConnectorConfig config, Opening opening) {
        this.listing = SharedListing.join(config.settings().settings().inputs(), Path.of("/"), true, Duration.ZERO);
        this.opening = opening;
    }

    @Override
    public Listing look() throws IOException {
        return listing.current();
    }

    @Override
    public Optional<String> inputOf(Path path) {
        return listing.inputOf(path);
    }

    @Override
    public LogFile open(Path path) throws IOException {
        return opening.open(path);
    }

    @Override
    public void close() {
        listing.close();
    }
}
