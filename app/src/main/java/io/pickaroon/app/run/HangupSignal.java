package io.pickaroon.app.run;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Has SIGHUP do something else than end the process, until it is closed. A process that was started with SIGHUP ignored, by
 * {@code nohup}, goes on ignoring it.
 *
 * <p>{@link Signal} is the one way to do that in Java; it is in the module {@code jdk.unsupported}, which is supported until
 * there is another one (JEP 260).
 */
public final class HangupSignal implements AutoCloseable {
    private static final Signal HANGUP = new Signal("HUP");

    private final SignalHandler before;

    /** @param action called on a thread of its own for each signal, maybe on several at a time */
    public HangupSignal(Runnable action) {
        before = Signal.handle(HANGUP, _ -> action.run());
    }

    @Override
    public void close() {
        Signal.handle(HANGUP, before);
    }
}
