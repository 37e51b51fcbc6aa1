package io.pickaroon.app.run;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.logging.JsonEvent;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.pipeline.Pipeline;
import io.pickaroon.app.pipeline.Pipelines;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.pipeline.StoppableWork;
import io.pickaroon.app.report.LedgerFields;
import io.pickaroon.app.report.LedgerText;
import io.pickaroon.app.report.LiveStatus;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.metrics.Destination;
import io.pickaroon.processor.metrics.Ledger;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The runs of a process: the first one, and one more for each changed configuration. A run ends cleanly, as for a signal,
 * before the next one opens the same checkpoint, so that nothing is lost or doubled in between.
 */
final class RunSequence {
    private static final Logger LOG = LoggerFactory.getLogger(RunSequence.class);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final OutputOptions options;
    private final StoppableWork work;
    private final LiveStatus live;
    private final PendingReload pending;
    private final RunRequest request;
    private final RunOptions runOptions;
    private Pipeline latest;

    RunSequence(
            Terminal terminal,
            OutputOptions options,
            StoppableWork work,
            LiveStatus live,
            PendingReload pending,
            RunRequest request) {
        this.terminal = terminal;
        this.options = options;
        this.work = work;
        this.live = live;
        this.pending = pending;
        this.request = request;
        this.runOptions = request.options();
    }

    /** Runs until the end of the files or a signal; returns the exit code. */
    int runFrom(RunPlan first, StopOnSignal signal) throws IOException {
        RunPlan plan = first;
        Optional<RunPlan> before = Optional.empty();
        while (true) {
            try {
                int exitCode = runOne(signal, plan);
                Optional<RunPlan> next = pending.take();
                if (next.isEmpty() || signal.requested()) {
                    return exitCode;
                }
                before = Optional.of(plan);
                plan = next.get();
                live.reloaded();
                LOG.info("going on with the changed configuration");
            } catch (IOException | RuntimeException e) {
                if (before.isEmpty() || signal.requested() || latestReachedItsDestination()) {
                    throw e;
                }
                String why = Failure.of(e).message();
                LOG.error("the changed configuration does not work, and the one before is used again: {}", why);
                live.reloadRefused(why);
                plan = before.get();
                before = Optional.empty();
            }
            live.endsForReload();
        }
    }

    private boolean latestReachedItsDestination() {
        return latest != null && !(latest.counters().destination() instanceof Destination.Awaited);
    }

    private int runOne(StopOnSignal signal, RunPlan plan) throws IOException {
        long startNanos = System.nanoTime();
        signal.limitDelivery(plan.settings().process().stopTimeout());
        latest = null;
        Optional<EarlierRun> earlier =
                runOptions.once() && !runOptions.fromBeginning() ? EarlierRun.of(plan) : Optional.empty();
        Optional<LedgerFile> ledgerFile = LedgerFile.of(request, plan);
        try (RecordOutput console = new RecordOutput(terminal.output());
                Pipeline pipeline = Pipelines.open(plan, runOptions, console)) {
            latest = pipeline;
            ledgerFile.ifPresent(file -> pipeline.counters().whenFixed(file::fixed));
            work.enter(pipeline);
            live.begins(pipeline.counters(), pipeline::transactions, pipeline::instance);
            if (signal.requested()) {
                return ExitCode.FAILED;
            }
            if (pending.isPresent()) {
                pipeline.stop();
            }
            Optional<Ledger> ledger = runToItsEnd(pipeline);
            boolean last = signal.requested() || !pending.isPresent();
            double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            if (ledger.isPresent() && ledgerFile.isPresent()) {
                ledgerFile.get().write(ledger.get(), seconds);
            }
            if (ledger.isPresent() && last && !options.quiet()) {
                print(ledger.get(), seconds);
                long resumedBytes = pipeline.counters().resumedBytes();
                earlier.filter(_ -> !signal.requested())
                        .flatMap(run -> run.nothingNew(ledger.get(), resumedBytes))
                        .ifPresent(LOG::info);
            }
            return ledger.filter(complete -> !signal.requested())
                    .map(complete -> exitCode(pipeline, complete))
                    .orElse(ExitCode.FAILED);
        } catch (DeliveryException e) {
            if (RecordOutput.ReaderGone.isCauseOf(e)) {
                return ExitCode.DONE;
            }
            throw e;
        }
    }

    private static void print(Ledger ledger, double seconds) {
        if (LogbackSetup.isJson()) {
            System.err.print(JsonEvent.of(Level.INFO, "the run is over", LedgerFields.of(ledger, seconds), null));
        } else {
            System.err.println(LedgerText.of(ledger, seconds));
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

    private int exitCode(Pipeline pipeline, Ledger ledger) {
        if (runOptions.once() && !pipeline.addsUp(ledger)) {
            LOG.error("the ledger does not add up: some bytes are in no row of it, or in two; please report this");
            return ExitCode.FAILED;
        }
        return ledger.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
