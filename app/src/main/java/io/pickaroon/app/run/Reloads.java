package io.pickaroon.app.run;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.config.Settings;
import java.util.Optional;

/**
 * Changed configurations on their way from whoever asks for a reload to the thread that runs them: the latest one wins.
 * Thread-safe.
 */
public final class Reloads {
    private RunPlan pending;

    /** This is to be run next. */
    public synchronized void ask(RunPlan plan) {
        pending = plan;
    }

    public synchronized boolean isPending() {
        return pending != null;
    }

    /** What is to be run next, once. */
    public synchronized Optional<RunPlan> take() {
        Optional<RunPlan> taken = Optional.ofNullable(pending);
        pending = null;
        return taken;
    }

    /** What of a change needs a restart, as the key in the configuration; empty if a reload is enough. */
    public static Optional<String> needsRestart(Settings before, Settings after) {
        if (!before.instance().equals(after.instance())) {
            return Optional.of("instance");
        }
        if (!before.checkpoint().equals(after.checkpoint())) {
            return Optional.of("checkpoint");
        }
        return before.http().equals(after.http()) ? Optional.empty() : Optional.of("http");
    }
}
