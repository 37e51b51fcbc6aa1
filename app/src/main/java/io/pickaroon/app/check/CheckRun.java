package io.pickaroon.app.check;

import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.input.InputFiles;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.StartTrace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Says that a configuration is right, and what it would read. */
final class CheckRun {
    private CheckRun() {}

    static int run(Terminal terminal, Path file) throws IOException {
        Settings settings = Configuration.read(file, CallerTexts::variable, false);
        StartTrace.phase("configuration");
        InputFiles files = InputFiles.find(
                settings.inputs(), NativePath.workingDirectory(), true, Outputs.files(settings.output()));
        StartTrace.phase("files");
        PrintStream out = terminal.text();
        out.println(NativePath.printable(file) + ": ok");
        for (InputSettings input : settings.inputs()) {
            int count = files.of(input.id()).size();
            out.println("input %s: %s, %s"
                    .formatted(
                            input.id(),
                            count == 1 ? "1 file" : Quantities.count(count) + " files",
                            Quantities.bytes(files.sizeBytes(input.id()))));
        }
        return ExitCode.DONE;
    }
}
