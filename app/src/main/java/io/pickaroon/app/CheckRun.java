package io.pickaroon.app;

import io.pickaroon.app.run.Configuration;
import io.pickaroon.app.run.InputFiles;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.config.InputSettings;
import io.pickaroon.config.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Says that a configuration is right, and what it would read. */
final class CheckRun {
    private CheckRun() {}

    static int run(Terminal terminal, Path file) throws IOException {
        Settings settings = Configuration.read(file, System::getenv, false);
        InputFiles files = InputFiles.find(settings.inputs(), Path.of("").toAbsolutePath());
        PrintStream out = terminal.text();
        out.println(file + ": ok");
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
