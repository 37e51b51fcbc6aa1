package io.pickaroon.processor.scan;

import java.io.IOException;

/** The scan of one window, part by part. Used by one thread at a time. */
interface RecordScan extends AutoCloseable {
    /** The next part of the window, or null after the last. */
    ScannedWindow next() throws IOException;

    /** Whether the last part has been made. */
    boolean isDone();

    Workspace workspace();

    @Override
    void close();
}
