package io.pickaroon.app.plan;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.command.Version;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.figures.FigureFile;
import io.pickaroon.app.figures.RecordedRun;
import io.pickaroon.app.forecast.Examples;
import io.pickaroon.app.forecast.Forecast;
import io.pickaroon.app.forecast.Foreseen;
import io.pickaroon.app.forecast.Watcher;
import io.pickaroon.app.pipeline.RunPlanner;
import io.pickaroon.app.search.InputTimes;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.time.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Makes a plan, and writes it where it is wanted. */
final class PlanRun {
    /** Of examples, where no terminal is narrower: a page has room for more, and a terminal wraps. */
    private static final int LEAST_COLUMNS = 120;

    /**
     * What is wanted.
     *
     * @param range the time of the records that are read; empty: any
     * @param html the page
     * @param json the file for programs
     */
    record Request(
            Path configuration,
            boolean fromBeginning,
            Optional<TimeRange> range,
            Optional<FigureFile> html,
            Optional<FigureFile> json) {}

    private final Terminal terminal;
    private final OutputOptions options;

    PlanRun(Terminal terminal, OutputOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /** Returns the exit code. */
    int run(Request request) throws IOException {
        Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        RunPlan runPlan = new RunPlanner(
                        request.configuration(), true, StartOrders.none(request.configuration()), Settings::output)
                .plan();
        InputTimes.require(request.range(), runPlan.settings());
        for (Optional<FigureFile> file : List.of(request.html(), request.json())) {
            if (file.isPresent()) {
                file.get().require(runPlan, request.configuration());
            }
        }
        if (Files.isRegularFile(request.configuration())) {
            VectorRestart.ifWorthIt(
                    EngineInputs.patterns(runPlan.settings()),
                    () -> runPlan.files().totalBytes());
        }
        Watchers watchers = new Watchers(
                new Examples(Math.max(LEAST_COLUMNS, terminal.columns()), true),
                new ChangeMaps(),
                new DetectorCounts());
        return new Forecast(terminal, options)
                .run(runPlan, request.fromBeginning(), request.range(), watchers, (foreseen, exitCode) -> {
                    RecordedRun run = RecordedRun.of(
                            RecordedRun.Kind.PLAN,
                            origin(request, runPlan, startedAt, foreseen),
                            foreseen.ledger(),
                            foreseen.files());
                    Plan plan = new Plan(
                            run,
                            foreseen,
                            watchers.examples(),
                            watchers.maps(),
                            watchers.detectors(),
                            Copies.of(runPlan, watchers.maps().files()));
                    write(request, plan);
                    InputTimes.sayWhatIsTrusted(request.range());
                    return print(request, plan) ? exitCode : ExitCode.DONE;
                });
    }

    private record Watchers(Examples examples, ChangeMaps maps, DetectorCounts detectors) implements Watcher {
        @Override
        public void sent(ScannedWindow window) {
            examples.sent(window);
            detectors.sent(window);
        }

        @Override
        public void fixed(FixedWindow window) {
            examples.fixed(window);
            maps.fixed(window);
            detectors.fixed(window);
        }
    }

    private static RecordedRun.Origin origin(Request request, RunPlan plan, Instant startedAt, Foreseen foreseen) {
        return new RecordedRun.Origin(
                Version.number(),
                HostName.local(),
                startedAt.toString(),
                foreseen.seconds(),
                NativePath.escaped(request.configuration()),
                plan.sha256());
    }

    private static void write(Request request, Plan plan) throws IOException {
        if (request.json().isPresent()) {
            request.json().get().write(out -> PlanJson.write(out, plan, request.range()));
        }
        if (request.html().isPresent()) {
            String page = new PlanPage(plan, request.range()).html();
            request.html().get().write(out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Returns false if nobody reads it any more. */
    private boolean print(Request request, Plan plan) throws IOException {
        if (options.quiet()) {
            return true;
        }
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            output.write(PlanText.of(request.configuration(), plan, request.fromBeginning(), request.range())
                    .getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (RecordOutput.ReaderGone _) {
            return false;
        }
    }
}
