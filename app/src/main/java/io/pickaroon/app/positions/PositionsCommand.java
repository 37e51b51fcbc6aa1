package io.pickaroon.app.positions;

import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.ConfigurationOption;
import io.pickaroon.app.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pickaroon positions}: which instances have positions in Kafka, and away with those that are dead. */
@Command(
        name = "positions",
        description = "Shows which instances keep positions in Kafka, and removes what is dead.",
        synopsisSubcommandLabel = "(list|forget)",
        footer = {
            "",
            "Examples:",
            "  pickaroon positions list -c pickaroon.yaml",
            "  pickaroon positions forget -c pickaroon.yaml shop-3-0f3c5a7e --yes"
        })
public final class PositionsCommand implements Runnable {
    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with them: list or forget");
    }

    @Command(
            name = "list",
            description =
                    "Prints each name with the checkpoint that has claimed it, and how far its files are delivered."
                            + " Changes nothing.",
            footer = {"", "Examples:", "  pickaroon positions list -c pickaroon.yaml --json"})
    public static final class ListNames implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private ConfigurationOption configuration;

        @Option(names = "--json", description = "Print a JSON object instead of text.")
        private boolean json;

        @Mixin
        private CommonOptions common;

        public ListNames(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            return PositionsReport.list(terminal, configuration.file(), json);
        }
    }

    @Command(
            name = "forget",
            description = {
                "Removes the claim and all positions of names that nothing runs under any more.",
                "",
                "What still runs under one of them can deliver nothing more, and ends when it next has something to"
                        + " deliver. A checkpoint that held the name goes on from its own places when it is started"
                        + " again; one that is lost sends everything again."
            },
            footer = {"", "Examples:", "  pickaroon positions forget -c pickaroon.yaml shop-3-0f3c5a7e --yes"})
    public static final class Forget implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private ConfigurationOption configuration;

        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names, as 'positions list' has them.")
        private List<String> names;

        @Option(names = "--yes", description = "Do it; without this it is only said what would be removed.")
        private boolean yes;

        @Option(
                names = "--force",
                description =
                        "Also the name of this configuration's own checkpoint, and names that were written to within"
                                + " the last day.")
        private boolean force;

        @Mixin
        private CommonOptions common;

        public Forget(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            return PositionsReport.forget(terminal, configuration.file(), names, yes, force);
        }
    }
}
