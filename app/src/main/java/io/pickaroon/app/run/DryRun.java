package io.pickaroon.app.run;

import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.forecast.Examples;
import io.pickaroon.app.forecast.Forecast;
import io.pickaroon.app.forecast.ForecastText;
import io.pickaroon.app.forecast.Foreseen;
import io.pickaroon.app.pipeline.RunPlanner;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.rules.EngineInputs;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/** {@code pickaroon run --dry-run}: says what the run would send and change. */
final class DryRun {
    private final Terminal terminal;
    private final OutputOptions options;

    DryRun(Terminal terminal, OutputOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /** Reads to the present end of the files, whether the run would go on from there or not; returns the exit code. */
    int run(RunRequest request) throws IOException {
        boolean once = request.options().once();
        LocatedSettings located = RunPlanner.read(request.configuration(), once);
        RunPlan plan = new RunPlanner(request.configuration(), once, request.orders(), Settings::output).plan(located);
        if (Files.isRegularFile(request.configuration())) {
            VectorRestart.ifWorthIt(
                    EngineInputs.patterns(plan.settings()), () -> plan.files().totalBytes());
        }
        Examples examples = new Examples(terminal.columns(), false);
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            return new Forecast(terminal, options)
                    .run(plan, request.options().fromBeginning(), Optional.empty(), examples, (foreseen, exitCode) -> {
                        if (!options.quiet()) {
                            output.write(text(request, foreseen, examples).getBytes(StandardCharsets.UTF_8));
                            output.flush();
                        }
                        return exitCode;
                    });
        } catch (RecordOutput.ReaderGone _) {
            return ExitCode.DONE;
        }
    }

    private static String text(RunRequest request, Foreseen foreseen, Examples examples) throws IOException {
        String text = "dry run of %s: nothing is sent or changed, this is what a run would do\n"
                        .formatted(NativePath.printable(request.configuration()))
                + new ForecastText(foreseen, examples).of(request.options().fromBeginning());
        return request.options().once()
                ? text
                : text + "This counts what is there now, as 'run --once' would: also a last record without its end, for"
                        + " which a run that follows files waits.\n";
    }
}
