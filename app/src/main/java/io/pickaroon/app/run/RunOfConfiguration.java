package io.pickaroon.app.run;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.app.command.FinalMessage;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.command.Version;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.decode.DecodedFormats;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.http.StatusServer;
import io.pickaroon.app.input.InputFiles;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.pipeline.StoppableWork;
import io.pickaroon.app.report.LiveStatus;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.InputSettings;
import io.pickaroon.config.OutputSettings;
import io.pickaroon.config.Settings;
import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a configuration, with a dev-broker beside it if that is wanted, until its end or a signal. */
final class RunOfConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(RunOfConfiguration.class);

    /**
     * What is asked for.
     *
     * @param configuration the file
     * @param once whether to end at the end of the files
     * @param fromBeginning whether to read every file from its start, whatever was sent before
     * @param watchConfig whether to read the configuration again when it changes
     * @param dev whether matches go to a dev-broker beside the run
     * @param devData where that keeps its topics
     * @param orders what is said about the name
     */
    record Request(
            Path configuration,
            boolean once,
            boolean fromBeginning,
            boolean watchConfig,
            boolean dev,
            Optional<Path> devData,
            StartOrders orders) {}

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

    /**
     * Returns the exit code. Called once, on the thread that made this.
     *
     * @param request what of the command line concerns the run
     */
    int run(Request request) throws IOException {
        try (StopOnSignal signal = new StopOnSignal(this::stop, work::giveUp)) {
            try {
                return run(signal, request);
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

    private int run(StopOnSignal signal, Request request) throws IOException {
        Settings settings = read(request);
        live.configured(settings.instance().orElseGet(HostName::local));
        try (ServiceManager manager = ServiceManager.of(CallerTexts::variable, live::now);
                StatusServer _ = serveStatus(settings)) {
            live.listen(manager::entered);
            if (!request.dev()) {
                return run(signal, request, settings, Settings::output);
            }
            try (LocalBroker broker = startBroker(settings, request.devData())) {
                LOG.info("dev-broker at {}, its data in {}", broker.bootstrapServers(), broker.dataDirectory());
                broker.whenGone(work::abandon);
                int exitCode = run(signal, request, settings, present -> outputTo(broker, present));
                if (exitCode != ExitCode.DONE && !signal.requested()) {
                    broker.requireAlive();
                }
                LOG.info("the topics stay; to read them: pickaroon dev-broker --data {}", broker.dataDirectory());
                return exitCode;
            }
        }
    }

    /** Where the matches of a configuration go. */
    private interface Destination {
        OutputSettings of(Settings settings) throws IOException;
    }

    private int run(StopOnSignal signal, Request request, Settings settings, Destination destination)
            throws IOException {
        Reloads reloads = new Reloads();
        SuccessiveRuns runs = new SuccessiveRuns(
                terminal, options, work, live, reloads, new RunOptions(request.once(), request.fromBeginning()));
        RunPlan first = plan(request, settings, destination);
        Reloading.Planner again = () -> plan(request, read(request), destination);
        try (Reloading _ = request.once()
                ? null
                : new Reloading(request.configuration(), settings, request.watchConfig(), again, reloads, work, live)) {
            return runs.run(signal, first);
        }
    }

    private static Settings read(Request request) {
        Settings settings = Configuration.read(request.configuration(), CallerTexts::variable, request.dev());
        if (settings.checkpoint().isEmpty() && !request.once()) {
            throw new UserError(request.configuration()
                    + ": add 'checkpoint: { path: .. }': a run that follows files must be able"
                    + " to come back to its place; or use --once");
        }
        return settings;
    }

    private RunPlan plan(Request request, Settings settings, Destination destination) throws IOException {
        InputFiles files = find(settings, request.once());
        OutputSettings output = destination.of(settings);
        requireSense(request.orders(), settings, output);
        return new RunPlan(settings, output, files, request.orders());
    }

    private static void requireSense(StartOrders orders, Settings settings, OutputSettings output) {
        if (!orders.isGiven()) {
            return;
        }
        String option = orders.startAnew() ? "--start-anew" : "--adopt";
        boolean exactlyOnce = output instanceof OutputSettings.Kafka kafka
                && kafka.delivery() == OutputSettings.Delivery.EXACTLY_ONCE;
        if (!exactlyOnce) {
            throw new UserError(option + ": only output.kafka with delivery: exactly-once keeps positions; remove it");
        }
        if (settings.checkpoint().isEmpty()) {
            throw new UserError(option
                    + ": a run without a checkpoint keeps no positions, and sends everything each time; add"
                    + " 'checkpoint: { path: .. }', or remove it");
        }
    }

    private StatusServer serveStatus(Settings settings) throws IOException {
        return settings.http().isPresent() ? StatusServer.start(settings.http().get(), live::now) : null;
    }

    private static OutputSettings outputTo(LocalBroker broker, Settings settings) throws IOException {
        long maxRecordBytes = settings.inputs().stream()
                .mapToLong(InputSettings::maxRecordBytes)
                .max()
                .orElseThrow();
        broker.createTopics(Outputs.topics(settings).values(), maxRecordBytes);
        return broker.output(maxRecordBytes, settings.output());
    }

    private InputFiles find(Settings settings, boolean once) throws IOException {
        InputFiles files = InputFiles.find(
                settings.inputs(), NativePath.workingDirectory(), once, Outputs.files(settings.output()));
        for (InputSettings input : settings.inputs()) {
            sayOfArchives(settings, input, once);
            if (files.of(input.id()).isEmpty()) {
                LOG.warn(
                        "input {} has no files{}: {}",
                        input.id(),
                        once ? "" : " yet",
                        files.whyNone(input, NativePath.workingDirectory()));
            }
        }
        return files;
    }

    private static void sayOfArchives(Settings settings, InputSettings input, boolean once) {
        List<String> archives = input.include().stream()
                .filter(DecodedFormats::isPatternOfArchives)
                .toList();
        if (archives.isEmpty()) {
            return;
        }
        if (!once) {
            LOG.warn(
                    "input {}: archives are left out by a run that follows files ({}); 'run --once' reads them",
                    input.id(),
                    String.join(", ", archives));
        } else if (settings.rules().stream()
                .anyMatch(
                        rule -> rule.inputs().contains(input.id()) && rule.fix().isPresent())) {
            LOG.warn(
                    "input {}: archives are never changed, the fixes of its rules are not made in them ({})",
                    input.id(),
                    String.join(", ", archives));
        }
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
