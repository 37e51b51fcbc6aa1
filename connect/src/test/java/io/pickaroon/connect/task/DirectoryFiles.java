package io.pickaroon.connect.task;

import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The files of a directory, looked for each time that a task asks, and opened as a test wants. */
final class DirectoryFiles extends WorkerFiles {
    private final Opening opening;

    /** What a task gets of a file. */
    @FunctionalInterface
    interface Opening {
        LogFile open(Path path) throws IOException;
    }

    DirectoryFiles(ConnectorConfig config, Opening opening) {
        super(config, Duration.ZERO);
        this.opening = opening;
    }

    @Override
    public LogFile open(Path path) throws IOException {
        return opening.open(path);
    }
}
