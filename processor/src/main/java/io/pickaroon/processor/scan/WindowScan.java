package io.pickaroon.processor.scan;

import java.io.IOException;

/** The scan of one window, part by part. Used by one thread at a time. */
sealed interface WindowScan extends AutoCloseable permits TextScan, ContainerScan {
    /** The next part of the window; null if there is none, as after the last one. */
    ScannedWindow next() throws IOException;

    /** True once the last part has been made. */
    boolean isDone();

    Workspace workspace();

    @Override
    void close();
}
