package io.pickaroon.processor.fix;

import io.pickaroon.processor.delivery.DeliveredWindow;

/** Applies the fixes of delivered windows. No rule carries a fix yet, so every window passes unchanged. */
public final class Fixer {
    /** Makes the window's fixes durable in its file. */
    public FixedWindow fix(DeliveredWindow window) {
        return new FixedWindow(window);
    }
}
