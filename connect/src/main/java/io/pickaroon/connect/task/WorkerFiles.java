package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.listing.SharedListing;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/** The files that are there, with one look for all tasks of the worker. As thread-safe as the listing. */
class WorkerFiles implements TaskFiles {
    private final SharedListing listing;

    /**
     * Joins the files of a connector, and looks at none yet.
     *
     * @throws ConnectException if the JVM can make no system calls, for example because its temporary directory is mounted noexec
     */
    WorkerFiles(ConnectorConfig config) {
        this(config, config.lookInterval());
    }

    /** @param interval between two looks, at least */
    WorkerFiles(ConnectorConfig config, Duration interval) {
        requireSystemCalls();
        this.listing = SharedListing.join(
                config.settings().settings().inputs(), NativePath.workingDirectory(), true, interval);
    }

    private static void requireSystemCalls() {
        try {
            FileStatus.of(Path.of("/"));
        } catch (IllegalStateException e) {
            throw new ConnectException(e.getMessage(), e);
        } catch (IOException _) {
            // The call was made.
        }
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
