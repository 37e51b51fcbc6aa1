package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.listing.SharedListing;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The files that are there, with one look for all tasks of the worker. As thread-safe as the listing. */
final class WorkerFiles implements TaskFiles {
    private final SharedListing listing;

    private WorkerFiles(SharedListing listing) {
        this.listing = listing;
    }

    static WorkerFiles join(ConnectorConfig config) {
        return new WorkerFiles(SharedListing.join(
                config.settings().settings().inputs(), NativePath.workingDirectory(), true, config.lookInterval()));
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
        return LogFile.open(path);
    }

    @Override
    public void close() {
        listing.close();
    }
}
