package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;

/** Estimates the memory of a window in flight, in bytes. */
public final class WindowWeight {
    /** The objects and first arrays of a window in which nothing matched. */
    private static final int BYTES_PER_WINDOW = 20 * 1024;
    /** A match: its entries in arrays, and its objects while the producer holds it. */
    private static final int BYTES_PER_MATCH = 128;

    private static final int BYTES_PER_EDIT = 48;

    private WindowWeight() {}

    public static long bytes(ScannedWindow window) {
        MatchBatch matches = window.matches();
        EditBatch edits = window.edits();
        return BYTES_PER_WINDOW
                + matches.recordBytes()
                + (long) BYTES_PER_MATCH * matches.size()
                + edits.heldBytes()
                + (long) BYTES_PER_EDIT * edits.size();
    }
}
