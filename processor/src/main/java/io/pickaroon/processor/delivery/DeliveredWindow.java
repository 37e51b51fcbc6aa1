package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;

/**
 * A window of which every match, and every match of all earlier windows of the same file, is acknowledged. Only
 * {@link Delivery} makes one.
 */
public final class DeliveredWindow {
    private final Acknowledgement acknowledgement;
    private final boolean waited;

    DeliveredWindow(Acknowledgement acknowledgement, boolean waited) {
        this.acknowledgement = acknowledgement;
        this.waited = waited;
    }

    public LogFile file() {
        return acknowledgement.window().file();
    }

    /** Where the next window of the same file begins. */
    public Position end() {
        return acknowledgement.window().end();
    }

    public ScannedWindow scanned() {
        return acknowledgement.window();
    }

    public Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    /** True if it was delivered before, and its edits are those that waited for the rotation of the file. */
    public boolean fixesWaited() {
        return waited;
    }
}
