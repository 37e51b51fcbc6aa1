package io.pickaroon.app.check;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.metrics.StartTrace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon check}: is the configuration right, and what would it read? */
public final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("check", this)
            .description(
                    "Reads a configuration and prints everything that is wrong with it, or else which files each input"
                        + " has now, and what would be changed in them. Ends with 2 if something is wrong, and with 1"
                        + " if a run would leave out a file whose matches it should fix.")
            .footer("", "Examples:", "  pickaroon check -c pickaroon.yaml");
    private final ConfigurationOption configuration = new ConfigurationOption(command);
    private final CommonOptions common = new CommonOptions(command);

    public CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        LogbackSetup.applyForTrouble(false, common.stackTraces());
        StartTrace.phase("logging");
        return CheckRun.run(terminal, configuration.file());
    }
}
