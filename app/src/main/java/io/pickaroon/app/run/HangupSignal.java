package io.pickaroon.app.run;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Has SIGHUP do something else than end the process, until it is closed. One that comes before it is known what to do is
 * kept. A process that was started with SIGHUP ignored, by {@code nohup}, goes on ignoring it. Thread-safe.
 *
 * <p>{@link Signal} is the one way to do that in Java; it is in the module {@code jdk.unsupported}, which is supported until
 * there is another one (JEP 260).
 */
public final class HangupSignal implements AutoCloseable {
    private static final Signal HANGUP = new Signal("HUP");

    private final SignalHandler before;
    private Runnable action;
    private boolean isKept;

    public HangupSignal() {
        before = Signal.handle(HANGUP, _ -> came());
    }

    private void came() {
        Runnable known;
        synchronized (this) {
            known = action;
            isKept = known == null;
        }
        if (known != null) {
            known.run();
        }
    }

    /**
     * Says what signals do from now on, and does it at once for one that was kept.
     *
     * @param known called for each signal, on a thread of its own, maybe on several at a time
     */
    public void passTo(Runnable known) {
        boolean wasKept;
        synchronized (this) {
            action = known;
            wasKept = isKept;
            isKept = false;
        }
        if (wasKept) {
            known.run();
        }
    }

    @Override
    public void close() {
        Signal.handle(HANGUP, before);
    }
}
