package io.pickaroon.app;

import io.pickaroon.app.http.StatusServer;
import io.pickaroon.app.run.Configuration;
import io.pickaroon.app.run.InputFiles;
import io.pickaroon.app.run.Installation;
import io.pickaroon.app.run.LedgerText;
import io.pickaroon.app.run.LocalBroker;
import io.pickaroon.app.run.Outputs;
import io.pickaroon.app.run.PipelineRun;
import io.pickaroon.app.run.StopOnSignal;
import io.pickaroon.app.run.StoppableWork;
import io.pickaroon.app.status.LiveStatus;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.app.terminal.UserError;
import io.pickaroon.config.InputSettings;
import io.pickaroon.config.OutputSettings;
import io.pickaroon.config.Settings;
import io.pickaroon.processor.Ledger;
import io.pickaroon.processor.delivery.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a configuration, with a dev-broker beside it if that is wanted, until its end or a signal. */
final class RunOfConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(RunOfConfiguration.class);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final Installation installation;
    private final OutputOptions options;
    private final LiveStatus live = new LiveStatus(Version.number(), Clock.systemUTC());
    private final StoppableWork work = new StoppableWork(Thread.currentThread());

    RunOfConfiguration(Terminal terminal, Installation installation, OutputOptions options) {
        this.terminal = terminal;
        this.installation = installation;
        this.options = options;
    }

    /** Returns the exit code. Called once, on the thread that made this. */
    int run(Path configuration, boolean once, boolean dev, Optional<Path> devData) throws IOException {
        try (StopOnSignal signal = new StopOnSignal(this::stop, work::giveUp)) {
            try {
                return run(signal, configuration, once, dev, devData);
            } catch (IOException | RuntimeException e) {
                if (!signal.requested()) {
                    throw e;
                }
                if (work.isInPipeline()) {
                    System.err.println(Failure.of(e).message());
                    signal.fail();
                }
                return ExitCode.FAILED;
            }
        }
    }

    private int run(StopOnSignal signal, Path configuration, boolean once, boolean dev, Optional<Path> devData)
            throws IOException {
        Settings settings = Configuration.read(configuration, System::getenv, dev);
        if (settings.checkpoint().isEmpty() && !once) {
            throw new UserError(
                    configuration + ": add 'checkpoint: { path: .. }': a run that follows files must be able"
                            + " to come back to its place; or use --once");
        }
        live.configured(settings.instance());
        try (StatusServer _ = serveStatus(settings)) {
            return run(signal, settings, once, dev, devData);
        }
    }

    private StatusServer serveStatus(Settings settings) throws IOException {
        return settings.http().isPresent() ? StatusServer.start(settings.http().get(), live::now) : null;
    }

    private void stop() {
        live.stops();
        work.stop();
    }

    private int run(StopOnSignal signal, Settings settings, boolean once, boolean dev, Optional<Path> devData)
            throws IOException {
        InputFiles files = find(settings, once);
        if (!dev) {
            return run(signal, settings, settings.output(), files, once);
        }
        long maxRecordBytes = settings.inputs().stream()
                .mapToLong(InputSettings::maxRecordBytes)
                .max()
                .orElseThrow();
        try (LocalBroker broker = startBroker(settings, devData)) {
            broker.createTopics(Outputs.topics(settings).values(), maxRecordBytes);
            LOG.info("dev-broker at {}, its data in {}", broker.bootstrapServers(), broker.dataDirectory());
            int exitCode = run(signal, settings, broker.output(maxRecordBytes, settings.output()), files, once);
            LOG.info("the topics stay; to read them: pickaroon dev-broker --data {}", broker.dataDirectory());
            return exitCode;
        }
    }

    private InputFiles find(Settings settings, boolean once) throws IOException {
        InputFiles files = InputFiles.find(settings.inputs(), Path.of("").toAbsolutePath());
        for (InputSettings input : settings.inputs()) {
            if (files.of(input.id()).isEmpty()) {
                LOG.warn("input {}: no file matches {}", input.id(), String.join(", ", input.include()));
            }
        }
        if (files.isEmpty() && !once) {
            throw new UserError("no file to follow; this version follows the files that are there when it starts");
        }
        if (settings.output() instanceof OutputSettings.File output && files.contains(output.path())) {
            throw new UserError(output.path() + ": is the output and a file of an input; exclude it from the input");
        }
        return files;
    }

    private LocalBroker startBroker(Settings settings, Optional<Path> devData) throws IOException {
        Optional<Path> data = devData.or(() -> settings.checkpoint()
                .map(checkpoint -> checkpoint.path().toAbsolutePath().resolveSibling("dev-broker")));
        return data.isPresent()
                ? LocalBroker.start(installation, 0, data.get())
                : LocalBroker.startTemporary(installation, 0);
    }

    private int run(StopOnSignal signal, Settings settings, OutputSettings output, InputFiles files, boolean once)
            throws IOException {
        long startNanos = System.nanoTime();
        try (RecordOutput console = new RecordOutput(terminal.output());
                PipelineRun pipeline = PipelineRun.open(settings, output, files, once, console)) {
            work.enter(pipeline);
            live.begins(pipeline.counters());
            if (signal.requested()) {
                return ExitCode.FAILED;
            }
            Optional<Ledger> ledger = runToItsEnd(pipeline);
            if (ledger.isPresent() && !options.quiet()) {
                System.err.println(LedgerText.of(ledger.get(), (System.nanoTime() - startNanos) / NANOS_PER_SECOND));
            }
            return ledger.filter(complete -> !signal.requested())
                    .map(complete -> exitCode(pipeline, complete, once))
                    .orElse(ExitCode.FAILED);
        } catch (DeliveryException e) {
            if (hasReaderGone(e)) {
                return ExitCode.DONE;
            }
            throw e;
        }
    }

    private Optional<Ledger> runToItsEnd(PipelineRun pipeline) {
        if (options.progressBar(terminal)) {
            try (ProgressDisplay _ = new ProgressDisplay(terminal, pipeline::progress)) {
                return pipeline.run();
            }
        }
        return pipeline.run();
    }

    private static int exitCode(PipelineRun pipeline, Ledger ledger, boolean once) {
        if (once && !pipeline.addsUp(ledger)) {
            LOG.error("the ledger does not add up: some bytes are in no row of it, or in two; please report this");
            return ExitCode.FAILED;
        }
        return ledger.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean hasReaderGone(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordOutput.ReaderGone) {
                return true;
            }
        }
        return false;
    }
}
