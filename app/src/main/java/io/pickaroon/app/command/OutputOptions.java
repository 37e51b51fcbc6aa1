package io.pickaroon.app.command;

import io.pickaroon.app.terminal.Terminal;
import java.util.function.Supplier;

/** Options of commands that work for long. */
public final class OutputOptions {
    private final Supplier<Boolean> quiet;
    private final Supplier<Boolean> noProgress;

    public OutputOptions(CommandModel command) {
        quiet = command.flag("Log errors only, and show no progress bar.", "-q", "--quiet");
        noProgress = command.flag(
                "Show no progress bar. There is none either where standard error is no terminal.", "--no-progress");
    }

    public boolean quiet() {
        return quiet.get();
    }

    public boolean progressBar(Terminal terminal) {
        return terminal.errorsAreSeen() && !quiet.get() && !noProgress.get();
    }
}
