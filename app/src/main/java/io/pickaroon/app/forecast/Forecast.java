package io.pickaroon.app.forecast;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.figures.RunFigures;
import io.pickaroon.app.pipeline.Pipeline;
import io.pickaroon.app.pipeline.Pipelines;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.time.TimeRange;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a run would read, to the present end of the files, through the same engine. Asks no broker, takes no lock, and opens
 * nothing for writing.
 */
public final class Forecast {
    private static final Logger LOG = LoggerFactory.getLogger(Forecast.class);
    private static final double NANOS_PER_SECOND = 1e9;

    /** Takes what was foreseen, and returns the exit code of the command. */
    public interface Use {
        int of(Foreseen foreseen, int exitCode) throws IOException;
    }

    /** Opens what is read, to deliver to a sink that only counts. */
    public interface Opener {
        Pipeline open(MatchSink sink) throws IOException;
    }

    private final Terminal terminal;
    private final OutputOptions options;

    public Forecast(Terminal terminal, OutputOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /**
     * Looks ahead. On a signal nothing is used, and the process ends as after a stop.
     *
     * @param fromBeginning whether every file is read from its start
     * @param range the time of the records that are read; empty: any
     * @param use called once at the end, with 0, or with 1 if something could not be read
     * @return the exit code
     */
    public int run(RunPlan plan, boolean fromBeginning, Optional<TimeRange> range, Watcher watcher, Use use)
            throws IOException {
        RunOptions toTheEnd = new RunOptions(true, fromBeginning, Optional.empty(), range);
        return run(plan, sink -> Pipelines.openDry(plan, toTheEnd, sink), watcher, use);
    }

    /** Like the other method, for what the opened pipeline reads. */
    public int run(RunPlan plan, Opener opener, Watcher watcher, Use use) throws IOException {
        RunFigures figures = new RunFigures();
        RefusedMatches refused = new RefusedMatches();
        ForecastDelivery delivery = new ForecastDelivery(plan, InstantSource.system());
        MatchSink counting = windows -> windows.map(window -> {
            ForecastDelivery.Delivered delivered = delivery.of(window);
            refused.add(window, delivered.refusedByRule());
            watcher.sent(window);
            return delivered.acknowledgement();
        });
        long startNanos = System.nanoTime();
        try (Pipeline pipeline = opener.open(counting);
                StopOnSignal signal = new StopOnSignal(pipeline::stop, _ -> pipeline.giveUp())) {
            pipeline.counters().whenFixed(window -> {
                figures.fixed(window);
                watcher.fixed(window);
            });
            Optional<Ledger> ledger = runToItsEnd(pipeline);
            double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            if (signal.requested()) {
                System.err.println("pickaroon: stopped; nothing was sent, changed or written");
            }
            if (ledger.isEmpty() || signal.requested()) {
                return ExitCode.FAILED;
            }
            long resumedBytes = pipeline.counters().resumedBytes();
            return use.of(
                    new Foreseen(plan, ledger.get(), seconds, resumedBytes, figures.files(), refused),
                    exitCode(pipeline, ledger.get()));
        }
    }

    private Optional<Ledger> runToItsEnd(Pipeline pipeline) {
        if (options.progressBar(terminal)) {
            try (ProgressDisplay _ = new ProgressDisplay(terminal, pipeline::progress)) {
                return pipeline.run();
            }
        }
        return pipeline.run();
    }

    private static int exitCode(Pipeline pipeline, Ledger ledger) {
        if (!pipeline.addsUp(ledger)) {
            LOG.error("the ledger does not add up: some bytes are in no row of it, or in two; please report this");
            return ExitCode.FAILED;
        }
        return ledger.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
