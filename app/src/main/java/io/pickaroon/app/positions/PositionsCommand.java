package io.pickaroon.app.positions;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon positions}: which instances have positions in Kafka, and away with those that are dead. */
public final class PositionsCommand implements Runnable {
    private final CommandModel command = new CommandModel("positions", this)
            .description("Shows which instances keep positions in Kafka, and removes what is dead.")
            .subcommandLabel("(list|forget)")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon positions list -c pickaroon.yaml",
                    "  pickaroon positions forget -c pickaroon.yaml shop-3-0f3c5a7e --yes");

    private PositionsCommand() {
        new CommonOptions(command);
    }

    /** The command with its subcommands. */
    public static CommandSpec spec(Terminal terminal) {
        return new PositionsCommand()
                .command
                .spec()
                .addSubcommand("list", new ListNames(terminal).command.spec())
                .addSubcommand("forget", new Forget(terminal).command.spec());
    }

    @Override
    public void run() {
        throw command.mistake("say what to do with them: list or forget");
    }

    private static final class ListNames implements Callable<Integer> {
        private final Terminal terminal;
        private final CommandModel command = new CommandModel("list", this)
                .description("Prints each name with the checkpoint that has claimed it, and how far its files are"
                        + " delivered. Changes nothing.")
                .footer("", "Examples:", "  pickaroon positions list -c pickaroon.yaml --json");
        private final ConfigurationOption configuration = new ConfigurationOption(command);
        private final Supplier<Boolean> json = command.flag("Print a JSON object instead of text.", "--json");

        ListNames(Terminal terminal) {
            this.terminal = terminal;
            new CommonOptions(command);
        }

        @Override
        public Integer call() throws Exception {
            return PositionsReport.list(terminal, configuration.file(), json.get());
        }
    }

    private static final class Forget implements Callable<Integer> {
        private final Terminal terminal;
        private final CommandModel command = new CommandModel("forget", this)
                .description(
                        "Removes the claim and all positions of names that nothing runs under any more.",
                        "",
                        "What still runs under one of them can deliver nothing more, and ends when it next has"
                            + " something to deliver. A checkpoint that held the name goes on from its own places when"
                            + " it is started again; one that is lost sends everything again.")
                .footer("", "Examples:", "  pickaroon positions forget -c pickaroon.yaml shop-3-0f3c5a7e --yes");
        private final ConfigurationOption configuration = new ConfigurationOption(command);
        private final Supplier<List<String>> names =
                command.parameters(String.class, "NAME", "Names, as 'positions list' has them.");
        private final Supplier<Boolean> yes =
                command.flag("Do it; without this it is only said what would be removed.", "--yes");
        private final Supplier<Boolean> force = command.flag(
                "Also the name of this configuration's own checkpoint, and names that were written to within the last"
                        + " day.",
                "--force");

        Forget(Terminal terminal) {
            this.terminal = terminal;
            new CommonOptions(command);
        }

        @Override
        public Integer call() throws Exception {
            return PositionsReport.forget(terminal, configuration.file(), names.get(), yes.get(), force.get());
        }
    }
}
