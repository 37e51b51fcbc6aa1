package io.pickaroon.app.run;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.pipeline.RunPlanner;
import io.pickaroon.app.pipeline.StoppableWork;
import io.pickaroon.app.report.LiveStatus;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again when it is asked to, and when the file changes if that is wanted. If something is wrong with
 * it, says so, and the present run goes on. Otherwise ends that run, and leaves the next plan in a {@link PendingReload}.
 *
 * <p>Works on threads of its own, one reload at a time. Runs nothing itself.
 */
final class ReloadTrigger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadTrigger.class);
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    private final RunPlanner planner;
    private final Settings first;
    private final PendingReload pending;
    private final StoppableWork work;
    private final LiveStatus live;
    private final FileWatch watch;

    /**
     * @param first the settings with which the process started
     * @param watched whether a change of the file is enough
     */
    ReloadTrigger(
            RunPlanner planner,
            Settings first,
            boolean watched,
            PendingReload pending,
            StoppableWork work,
            LiveStatus live) {
        this.planner = planner;
        this.first = first;
        this.pending = pending;
        this.work = work;
        this.live = live;
        this.watch = watched ? new FileWatch(planner.configuration(), WATCH_INTERVAL, this::reload) : null;
    }

    /** Reads it, and waits until that is done. */
    synchronized void reload() {
        LOG.info("reading {} again", planner.configuration());
        RunPlan plan;
        try {
            plan = planner.plan();
            PendingReload.needsRestart(first, plan.settings()).ifPresent(key -> {
                throw new UserError("%s: '%s' has changed, which needs a restart"
                        .formatted(NativePath.printable(planner.configuration()), key));
            });
        } catch (IOException | RuntimeException e) {
            String why = Failure.of(e).message();
            LOG.error("the changed configuration is not used, the run goes on as it was:\n{}", why);
            live.reloadRefused(why);
            return;
        }
        pending.set(plan);
        work.endRun();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
