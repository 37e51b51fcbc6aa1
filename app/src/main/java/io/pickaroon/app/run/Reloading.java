package io.pickaroon.app.run;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.pipeline.StoppableWork;
import io.pickaroon.app.report.LiveStatus;
import io.pickaroon.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again on SIGHUP, and when it changes if that is wanted. What is wrong with it is said, and the
 * present run goes on; otherwise that run is ended, and the next one is asked for.
 */
final class Reloading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    /** Reads the configuration, and looks whether it can be run. */
    interface Planner {
        RunPlan plan() throws IOException;
    }

    private final Path configuration;
    private final Settings first;
    private final Planner planner;
    private final Reloads reloads;
    private final StoppableWork work;
    private final LiveStatus live;
    private final HangupSignal signal;
    private final FileWatch watch;

    /** @param watched whether a change of the file is enough */
    Reloading(
            Path configuration,
            Settings first,
            boolean watched,
            Planner planner,
            Reloads reloads,
            StoppableWork work,
            LiveStatus live) {
        this.configuration = configuration;
        this.first = first;
        this.planner = planner;
        this.reloads = reloads;
        this.work = work;
        this.live = live;
        this.signal = new HangupSignal(this::reload);
        this.watch = watched ? new FileWatch(configuration, WATCH_INTERVAL, this::reload) : null;
    }

    private synchronized void reload() {
        LOG.info("reading {} again", configuration);
        RunPlan plan;
        try {
            plan = planner.plan();
            Reloads.needsRestart(first, plan.settings()).ifPresent(key -> {
                throw new UserError("%s: '%s' has changed, which needs a restart".formatted(configuration, key));
            });
        } catch (IOException | RuntimeException e) {
            String why = Failure.of(e).message();
            LOG.error("the changed configuration is not used, the run goes on as it was:\n{}", why);
            live.reloadRefused(why);
            return;
        }
        reloads.ask(plan);
        work.endRun();
    }

    @Override
    public void close() {
        signal.close();
        if (watch != null) {
            watch.close();
        }
    }
}
