package io.pickaroon.app.check;

import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pickaroon check}: is the configuration right, and what would it read? */
@Command(
        name = "check",
        description =
                "Reads a configuration and prints everything that is wrong with it, or else which files each input"
                        + " has now. Ends with 2 if something is wrong.",
        footer = {"", "Examples:", "  pickaroon check -c pickaroon.yaml"})
public final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigurationOption configuration;

    @Mixin
    private CommonOptions common;

    public CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        LogbackSetup.applyForTrouble(false, common.stackTraces());
        return CheckRun.run(terminal, configuration.file());
    }
}
