package io.pickaroon.app.verify;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon verify}: whether what was done is still so. */
public final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("verify", this)
            .description(
                    "Proves what runs with a configuration have done, up to the places in its checkpoint: that no fix"
                            + " would still change a byte before them.",
                    "",
                    "Reads the files with the same engine, from their start. Works while a run goes on. Sends nothing,"
                            + " changes nothing, and takes no lock.",
                    "",
                    "Ends with 0 if all is proven; with 1 if anything is wrong, or could not be read; with 2 for a"
                            + " mistake in what was asked for; with 5 if nothing is wrong, and some of it cannot be"
                            + " proven, for reasons that are listed with their numbers. With 130 or 143 on SIGINT or"
                            + " SIGTERM.")
            .footer("", "Examples:", "  pickaroon verify -c pickaroon.yaml");
    private final ConfigurationOption configuration = new ConfigurationOption(command);
    private final OutputOptions outputOptions = new OutputOptions(command);
    private final CommonOptions common = new CommonOptions(command);

    public VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.applyForTrouble(outputOptions.quiet(), common.stackTraces());
        return new VerifyRun(terminal, outputOptions).run(configuration.file());
    }
}
