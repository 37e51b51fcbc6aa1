package io.pickaroon.app.forecast;

import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.scan.ScannedWindow;

/** Sees what would be done, window by window. Must not keep a window. */
public interface Watcher {
    /** Sees nothing. */
    Watcher NOBODY = new Watcher() {};

    /** The matches of a window would be sent; one call at a time. */
    default void sent(ScannedWindow window) {}

    /** The changes of a window would be made; one call at a time, on another thread. */
    default void fixed(FixedWindow window) {}
}
