package io.pickaroon.app.verify;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon verify}: whether what was done is still so. */
public final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("verify", this)
            .description(
                    "Proves what runs with a configuration have done, up to the places in its checkpoint: that no fix"
                            + " would still change a byte before them, and that each match that the rules still find"
                            + " is in its topic exactly once, by the header with its id. With an audit trail also that"
                            + " this is whole, that each range in it holds its mask, and that the matches in it are in"
                            + " their topics.",
                    "",
                    "Reads the files with the same engine, from their start, and then the topics, as a consumer that"
                            + " sees committed records only. Works while a run goes on. Sends nothing, changes"
                            + " nothing, and takes no lock.",
                    "",
                    "Ends with 0 if all is proven; with 1 if anything is wrong, or could not be read; with 2 for a"
                            + " mistake in what was asked for; with 5 if nothing is wrong, and some of it cannot be"
                            + " proven, for reasons that are listed with their numbers. With 130 or 143 on SIGINT or"
                            + " SIGTERM.")
            .footer("", "Examples:", "  pickaroon verify -c pickaroon.yaml");
    private final ConfigurationOption configuration = new ConfigurationOption(command);
    private final Supplier<Path> temporary = command.option(names("--temporary")
            .type(Path.class)
            .paramLabel("DIR")
            .description("Where ids are sorted that do not fit into memory: 32 bytes for each match and each record."
                    + " Otherwise in the directory of the JVM for temporary files."));
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
        return new VerifyRun(terminal, outputOptions)
                .run(
                        configuration.file(),
                        temporary.get() == null ? Path.of(System.getProperty("java.io.tmpdir")) : temporary.get());
    }
}
