package io.pickaroon.app.run;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.config.settings.Settings;
import java.util.Optional;

/**
 * A changed configuration on its way from the {@link ReloadTrigger} to the thread that runs configurations: the latest one
 * wins. Thread-safe.
 */
final class PendingReload {
    private RunPlan plan;

    /** Runs this plan next. */
    synchronized void set(RunPlan next) {
        plan = next;
    }

    synchronized boolean isPresent() {
        return plan != null;
    }

    /** The plan to run next; each is taken once. */
    synchronized Optional<RunPlan> take() {
        Optional<RunPlan> taken = Optional.ofNullable(plan);
        plan = null;
        return taken;
    }

    /** What of a change needs a restart, as the key in the configuration; empty if a reload is enough. */
    static Optional<String> needsRestart(Settings before, Settings after) {
        if (!before.instance().equals(after.instance())) {
            return Optional.of("instance");
        }
        if (!before.checkpoint().equals(after.checkpoint())) {
            return Optional.of("checkpoint");
        }
        return before.process().http().equals(after.process().http()) ? Optional.empty() : Optional.of("http");
    }
}
