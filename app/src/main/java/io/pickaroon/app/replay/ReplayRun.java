package io.pickaroon.app.replay;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.StopOnSignal;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.figures.RunFigures;
import io.pickaroon.app.forecast.Forecast;
import io.pickaroon.app.forecast.Watcher;
import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.pipeline.Pipeline;
import io.pickaroon.app.pipeline.Pipelines;
import io.pickaroon.app.pipeline.RunOptions;
import io.pickaroon.app.pipeline.RunPlanner;
import io.pickaroon.app.search.InputTimes;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.records.Template;
import io.pickaroon.records.emit.HeaderTemplate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what is meant, and sends it, or says what it would send. Used once, by one thread. */
final class ReplayRun {
    private final Terminal terminal;
    private final OutputOptions options;
    private final ReplayRequest request;
    private final String replayedAt =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    private RunPlan plan;
    private List<ReplayedFile> files;
    private List<LogInput> inputs;
    private volatile Pipeline pipeline;
    private volatile boolean stopped;

    ReplayRun(Terminal terminal, OutputOptions options, ReplayRequest request) {
        this.terminal = terminal;
        this.options = options;
        this.request = request;
    }

    /** Returns the exit code. */
    int run(boolean dryRun) throws IOException {
        Path configuration = request.configuration();
        LocatedSettings located = RunPlanner.read(configuration, true);
        plan = new RunPlanner(configuration, true, StartOrders.none(configuration), Settings::output)
                .plan(ReplaySettings.of(located, request));
        InputTimes.require(request.times().range(), plan.settings());
        DeliveredPlaces places = DeliveredPlaces.read(NamedPath.reachable(located.settings()
                .checkpoint()
                .orElseThrow(() -> new UserError(NativePath.printable(configuration)
                        + ": has no 'checkpoint', so it is not known what was sent; 'pickaroon run --once' sends all"
                        + " that matches"))
                .path()));
        if (Files.isRegularFile(configuration)) {
            VectorRestart.ifWorthIt(
                    EngineInputs.patterns(plan.settings()), () -> plan.files().totalBytes());
        }
        ReplayNotes notes = new ReplayNotes();
        List<LogInput> all = EngineInputs.of(plan.settings(), plan.files(), true);
        files = new ReplayedFiles(plan, all, places, request, notes).choose();
        inputs = parts(all);
        note(located.settings(), places, notes);
        notes.print(System.err);
        if (files.isEmpty()) {
            System.err.println("pickaroon: there is nothing to send again");
            return notes.hasFailed() ? ExitCode.FAILED : ExitCode.DONE;
        }
        int exitCode = dryRun ? foresee() : send();
        return notes.hasFailed() ? ExitCode.FAILED : exitCode;
    }

    private List<LogInput> parts(List<LogInput> all) {
        Map<String, List<ReplayedFile>> byInput = files.stream().collect(groupingBy(ReplayedFile::input));
        return all.stream()
                .filter(input -> byInput.containsKey(input.id()))
                .map(input -> part(input, byInput.get(input.id())))
                .toList();
    }

    private LogInput part(LogInput input, List<ReplayedFile> its) {
        Discovery discovery = Discovery.ofParts(
                its.stream().map(ReplayedFile::path).toList(),
                its.stream().collect(toMap(file -> file.identity().ofGeneration(0), ReplayedFile::part)));
        LogInput part = new LogInput(
                input.id(), discovery, input.startAtEnd(), input.reading(), input.rules(), input.maxRate());
        InputSettings settings = plan.settings().inputs().stream()
                .filter(each -> each.id().equals(input.id()))
                .findFirst()
                .orElseThrow();
        LogInput ofRange = request.times()
                .range()
                .map(range -> EngineInputs.within(range, part, settings))
                .orElse(part);
        return request.times().records().map(ofRange::within).orElse(ofRange);
    }

    private void note(Settings settings, DeliveredPlaces places, ReplayNotes notes) throws IOException {
        List<RuleSettings> meant = settings.rules().stream()
                .filter(rule -> ReplaySettings.isMeant(rule, request.rules()))
                .toList();
        ChangedRecords.note(plan, places, meant, files, notes);
        for (LogInput input : inputs) {
            input.rules().stream()
                    .filter(rule -> rule.emits() && !places.hadRule(input, rule))
                    .forEach(rule -> notes.add(
                            "rule %s is new or changed since the latest run: what it finds is sent, though no run may have sent it"
                                    .formatted(rule.id())));
        }
        settings.inputs().stream()
                .filter(input -> !input.start().equals(InputSettings.Start.BEGINNING) && !request.saysWhere())
                .filter(input -> files.stream().anyMatch(file -> file.input().equals(input.id())))
                .forEach(input -> notes.add(
                        "input %s is not read from the beginning of all files ('start'): what stands before the place where a run began is sent, too; --from-offset leaves it out"
                                .formatted(input.id())));
    }

    private Pipeline open(MatchSink sink) throws IOException {
        Map<String, LogInput> byId = inputs.stream().collect(toMap(LogInput::id, input -> input));
        RunState state = RunState.replay(files.stream()
                .collect(toMap(
                        ReplayedFile::known,
                        file -> file.begin(byId.get(file.input())
                                .plan()
                                .format()
                                .container()
                                .isPresent()))));
        long ends = files.stream().mapToLong(file -> file.part().endOffset()).sum();
        return Pipelines.replay(plan, inputs, ends, state, sink);
    }

    private int foresee() throws IOException {
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            return new Forecast(terminal, options).run(plan, this::open, Watcher.NOBODY, (foreseen, exitCode) -> {
                ReplayText text = new ReplayText("replay, dry run: nothing was sent; it would be", plan.settings());
                if (!options.quiet()) {
                    output.write(
                            text.of(files, foreseen.files(), foreseen.ledger()).getBytes(StandardCharsets.UTF_8));
                    output.flush();
                }
                InputTimes.sayWhatIsTrusted(request.times().any());
                return exitCode;
            });
        } catch (RecordOutput.ReaderGone _) {
            return ExitCode.DONE;
        }
    }

    private int send() throws IOException {
        try (StopOnSignal signal = new StopOnSignal(this::stop, _ -> giveUp())) {
            signal.limitDelivery(plan.settings().process().stopTimeout());
            return send(signal);
        }
    }

    private void stop() {
        stopped = true;
        if (pipeline != null) {
            pipeline.stop();
        }
    }

    private void giveUp() {
        if (pipeline != null) {
            pipeline.giveUp();
        }
    }

    private int send(StopOnSignal signal) throws IOException {
        RunFigures figures = new RunFigures();
        try (RecordOutput console = new RecordOutput(terminal.output());
                Pipeline opened = open(sink(console))) {
            opened.counters().whenFixed(figures::fixed);
            pipeline = opened;
            if (stopped) {
                return ExitCode.FAILED;
            }
            Optional<Ledger> ledger = Optional.empty();
            try {
                ledger = runToItsEnd(opened);
            } finally {
                if (signal.requested() || ledger.isEmpty() && hasBegun(opened.positions())) {
                    sayHowFar(opened.positions());
                }
            }
            ledger.ifPresent(complete -> print(figures, complete));
            return ledger.filter(complete -> complete.problems().isEmpty()).isPresent()
                    ? ExitCode.DONE
                    : ExitCode.FAILED;
        } catch (DeliveryException e) {
            if (RecordOutput.ReaderGone.isCauseOf(e)) {
                return ExitCode.DONE;
            }
            throw e;
        }
    }

    private MatchSink sink(OutputStream console) {
        HeaderTemplate mark = new HeaderTemplate(MatchHeaders.REPLAYED, Template.literal(replayedAt));
        return Outputs.sink(plan, Optional.of(RunOptions.LONGEST_WAIT), console, form -> form.with(mark));
    }

    private Optional<Ledger> runToItsEnd(Pipeline opened) {
        if (options.progressBar(terminal)) {
            try (ProgressDisplay _ = new ProgressDisplay(terminal, opened::progress)) {
                return opened.run();
            }
        }
        return opened.run();
    }

    private void print(RunFigures figures, Ledger ledger) {
        if (options.quiet()) {
            return;
        }
        ReplayText text = new ReplayText(
                "replay: sent again, with the header %s: %s".formatted(MatchHeaders.REPLAYED, replayedAt),
                plan.settings());
        boolean isConsole = plan.output() instanceof OutputSettings.Console;
        PrintStream out = isConsole ? System.err : terminal.text();
        out.print(text.of(files, figures.files(), ledger));
        out.flush();
        InputTimes.sayWhatIsTrusted(request.times().any());
    }

    private boolean hasBegun(Map<FileIdentity, Position> positions) {
        return files.stream()
                .anyMatch(file -> reached(file, positions) > file.part().startOffset());
    }

    private static long reached(ReplayedFile file, Map<FileIdentity, Position> positions) {
        return file.reached(positions.getOrDefault(file.identity(), Position.START));
    }

    /** What is left can be sent with the same command and these options. */
    private void sayHowFar(Map<FileIdentity, Position> positions) {
        System.err.println("pickaroon: not all was sent; to go on, give the same command, instead of the --file and"
                + " --from-offset that it has, these, one after the other:");
        for (ReplayedFile file : files) {
            long reached = reached(file, positions);
            if (reached < file.part().endOffset()) {
                System.err.println("  --file %s --from-offset %d".formatted(file.shellWord(), reached));
            }
        }
    }
}
