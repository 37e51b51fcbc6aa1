package io.pickaroon.app.run;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.pipeline.Pipeline;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.metrics.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code pickaroon run --dry-run}: reads what a run would read, through the same engine, and says what it would send and
 * change. Asks no broker, takes no lock, and opens nothing for writing.
 */
final class DryRun {
    private static final Logger LOG = LoggerFactory.getLogger(DryRun.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final OutputOptions options;

    DryRun(Terminal terminal, OutputOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /** Reads to the present end of the files, whether the run would go on from there or not; returns the exit code. */
    int run(RunRequest request) throws IOException {
        Settings settings = RunPlanner.read(request);
        RunPlan plan = new RunPlanner(request, Settings::output).plan(settings);
        if (Files.isRegularFile(request.configuration())) {
            VectorRestart.ifWorthIt(
                    EngineInputs.patterns(settings), () -> plan.files().totalBytes());
        }
        DryRunFigures figures = new DryRunFigures(settings.rules(), terminal.columns());
        DryRunDelivery delivery = new DryRunDelivery(plan, InstantSource.system());
        MatchSink counting = windows -> windows.map(window -> {
            DryRunDelivery.Delivered delivered = delivery.of(window);
            figures.sent(window, delivered.refusedByRule());
            return delivered.acknowledgement();
        });
        long startNanos = System.nanoTime();
        RunOptions toTheEnd = new RunOptions(true, request.options().fromBeginning(), Optional.empty());
        try (RecordOutput output = new RecordOutput(terminal.output());
                Pipeline pipeline = Pipeline.openDry(plan, toTheEnd, counting)) {
            pipeline.counters().whenFixed(figures::fixed);
            Optional<Ledger> ledger = runToItsEnd(pipeline);
            double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            if (ledger.isEmpty()) {
                return ExitCode.FAILED;
            }
            if (!options.quiet()) {
                DryRunText text = new DryRunText(request, plan, pipeline.counters(), figures);
                output.write(text.of(ledger.get(), seconds).getBytes(StandardCharsets.UTF_8));
            }
            return exitCode(pipeline, ledger.get());
        } catch (RecordOutput.ReaderGone _) {
            return ExitCode.DONE;
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
