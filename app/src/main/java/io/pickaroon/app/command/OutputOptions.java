package io.pickaroon.app.command;

import io.pickaroon.app.terminal.Terminal;
import picocli.CommandLine.Option;

/** Options of commands that work for long. */
public final class OutputOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "Log errors only, and show no progress bar.")
    private boolean quiet;

    @Option(
            names = "--no-progress",
            description = "Show no progress bar. There is none either where standard error is no terminal.")
    private boolean noProgress;

    public boolean quiet() {
        return quiet;
    }

    public boolean progressBar(Terminal terminal) {
        return terminal.errorsAreSeen() && !quiet && !noProgress;
    }
}
