package io.pickaroon.app.run;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.app.command.FinalMessage;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.command.Version;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.http.StatusServer;
import io.pickaroon.app.pipeline.RunPlanner;
import io.pickaroon.app.pipeline.StoppableWork;
import io.pickaroon.app.report.LiveStatus;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of {@code pickaroon run}: owns the signals, the HTTP port, the reports to systemd and the dev-broker beside the
 * run, from the first reading of the configuration to the exit code. The runs themselves belong to {@link RunSequence}.
 */
final class RunProcess {
    private static final Logger LOG = LoggerFactory.getLogger(RunProcess.class);

    private final Terminal terminal;
    private final Installation installation;
    private final OutputOptions options;
    private final LiveStatus live = new LiveStatus(Version.number(), Clock.systemUTC());
    private final StoppableWork work = new StoppableWork(Thread.currentThread());
    /** Of a run that follows files. */
    private Optional<HangupSignal> hangups = Optional.empty();

    RunProcess(Terminal terminal, Installation installation, OutputOptions options) {
        this.terminal = terminal;
        this.installation = installation;
        this.options = options;
    }

    /** Runs to the end of the files or a signal, and returns the exit code. Called once, on the thread that made this. */
    int runToItsEnd(RunRequest request) throws IOException {
        try (StopOnSignal signal = new StopOnSignal(this::stop, work::giveUp);
                HangupSignal hangup = request.options().once() ? null : new HangupSignal()) {
            hangups = Optional.ofNullable(hangup);
            try {
                return serve(signal, request);
            } catch (IOException | RuntimeException e) {
                if (!signal.requested()) {
                    throw e;
                }
                if (work.isInPipeline()) {
                    FinalMessage.report(System.err, e, false);
                    signal.fail();
                }
                return ExitCode.FAILED;
            }
        }
    }

    private void stop() {
        live.stops();
        work.stop();
    }

    private int serve(StopOnSignal signal, RunRequest request) throws IOException {
        LocatedSettings located =
                RunPlanner.read(request.configuration(), request.options().once());
        Settings settings = located.settings();
        restartWithVectorsIfWorthIt(request, settings);
        live.configured(settings.instance().orElseGet(HostName::local));
        try (ServiceManager manager = ServiceManager.of(CallerTexts::variable, live::now);
                StatusServer _ = serveStatus(settings)) {
            live.listen(manager::entered);
            return request.devBroker().isPresent()
                    ? runWithBroker(signal, request, located)
                    : runSequence(signal, request, located, Settings::output);
        }
    }

    /** A run that follows files is worth it. A configuration out of a pipe cannot be read again. */
    private static void restartWithVectorsIfWorthIt(RunRequest request, Settings settings) {
        if (!Files.isRegularFile(request.configuration())) {
            return;
        }
        VectorRestart.ifWorthIt(
                EngineInputs.patterns(settings),
                () -> request.options().once() ? bytesToRead(settings) : Long.MAX_VALUE);
    }

    private static long bytesToRead(Settings settings) {
        try {
            return InputFiles.totalBytes(settings.inputs(), NativePath.workingDirectory());
        } catch (IOException shownLater) {
            return 0;
        }
    }

    private int runWithBroker(StopOnSignal signal, RunRequest request, LocatedSettings settings) throws IOException {
        try (LocalBroker broker = startBroker(
                settings.settings(), request.devBroker().orElseThrow().data())) {
            LOG.info("dev-broker at {}, its data in {}", broker.bootstrapServers(), broker.dataDirectory());
            broker.whenGone(work::abandon);
            int exitCode = runSequence(signal, request, settings, present -> outputTo(broker, present));
            if (exitCode != ExitCode.DONE && !signal.requested()) {
                broker.requireAlive();
            }
            LOG.info("the topics stay; to read them: pickaroon dev-broker --data {}", broker.dataDirectory());
            return exitCode;
        }
    }

    private int runSequence(
            StopOnSignal signal, RunRequest request, LocatedSettings settings, RunPlanner.Destination destination)
            throws IOException {
        PendingReload pending = new PendingReload();
        RunSequence runs = new RunSequence(terminal, options, work, live, pending, request);
        RunPlanner planner =
                new RunPlanner(request.configuration(), request.options().once(), request.orders(), destination);
        RunPlan first = planner.plan(settings);
        if (hangups.isEmpty()) {
            return runs.runFrom(first, signal);
        }
        try (ReloadTrigger reload =
                new ReloadTrigger(planner, settings.settings(), request.watchConfig(), pending, work, live)) {
            hangups.get().passTo(reload::reload);
            return runs.runFrom(first, signal);
        }
    }

    private StatusServer serveStatus(Settings settings) throws IOException {
        return settings.process().http().isPresent()
                ? StatusServer.start(settings.process().http().get(), live::now)
                : null;
    }

    private static OutputSettings outputTo(LocalBroker broker, Settings settings) throws IOException {
        long maxRecordBytes = settings.inputs().stream()
                .mapToLong(input -> input.records().maxRecordBytes())
                .max()
                .orElseThrow();
        broker.createTopics(Outputs.topics(settings).values(), maxRecordBytes);
        return broker.output(maxRecordBytes, settings.output(), Outputs.haveTemplates(settings));
    }

    private LocalBroker startBroker(Settings settings, Optional<Path> devData) throws IOException {
        Optional<Path> data = devData.or(() -> settings.checkpoint()
                .map(checkpoint ->
                        NativePath.workingDirectory().resolve(checkpoint.path()).resolveSibling("dev-broker")));
        return data.isPresent()
                ? LocalBroker.start(installation, 0, data.get())
                : LocalBroker.startTemporary(installation, 0);
    }
}
