package io.pickaroon.app.checkpoint;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon checkpoint}: what is in a checkpoint, is it sound, and what a person may change in it. */
public final class CheckpointCommand implements Runnable {
    private final CommandModel command = new CommandModel("checkpoint", this)
            .description(
                    "Shows or checks a checkpoint, while a run may be using it; or changes one that no run is using.")
            .subcommandLabel("(show|fsck|reset|new-instance|downgrade)")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon checkpoint show /var/lib/pickaroon/checkpoint",
                    "  pickaroon checkpoint show --json /var/lib/pickaroon/checkpoint",
                    "  pickaroon checkpoint fsck /var/lib/pickaroon/checkpoint",
                    "  pickaroon checkpoint reset /var/lib/pickaroon/checkpoint --file '/var/log/shop/*.log'");

    private CheckpointCommand() {
        new CommonOptions(command);
    }

    /** The command with its subcommands. */
    public static CommandSpec spec(Terminal terminal) {
        Plain fsck = new Plain("fsck", terminal, CheckpointReport::fsck);
        fsck.command.description("Says whether the checkpoint is sound, and what a run would do with each file when it"
                + " starts again. Ends with 0 if it is sound, with 1 if it is damaged.");
        Plain newInstance = new Plain("new-instance", terminal, CheckpointChange::newInstance);
        newInstance.command.description(
                "Gives a checkpoint that was copied an identity and a name of its own. Its places"
                        + " in the log files stay. No run may be using it.");
        Plain downgrade = new Plain("downgrade", terminal, CheckpointChange::downgrade);
        downgrade.command.description(
                "Writes a checkpoint in the format of the version before this one, and says what is"
                        + " lost by that. No run may be using it.");
        return new CheckpointCommand()
                .command
                .spec()
                .addSubcommand("show", new Show(terminal).command.spec())
                .addSubcommand("fsck", fsck.command.spec())
                .addSubcommand("reset", new Reset(terminal).command.spec())
                .addSubcommand("new-instance", newInstance.command.spec())
                .addSubcommand("downgrade", downgrade.command.spec());
    }

    @Override
    public void run() {
        throw command.mistake("say what to do with it: show, fsck, reset, new-instance or downgrade");
    }

    private static Supplier<Path> path(CommandModel command) {
        return command.parameter(Path.class, "PATH", "The checkpoint.");
    }

    private static final class Show implements Callable<Integer> {
        private final Terminal terminal;
        private final CommandModel command = new CommandModel("show", this)
                .description("Prints how far each log file has been dealt with, and what that file is like now.")
                .footer("", "Examples:", "  pickaroon checkpoint show --json /var/lib/pickaroon/checkpoint");
        private final Supplier<Path> path = path(command);
        private final Supplier<Boolean> json = command.flag("Print a JSON object instead of a table.", "--json");

        Show(Terminal terminal) {
            this.terminal = terminal;
            new CommonOptions(command);
        }

        @Override
        public Integer call() throws Exception {
            return CheckpointReport.show(terminal, path.get(), json.get());
        }
    }

    private static final class Reset implements Callable<Integer> {
        private final Terminal terminal;
        private final CommandModel command = new CommandModel("reset", this)
                .description(
                        "Has log files read again, and what matches in them sent again, at the next start. Says what"
                                + " that is; does it with --yes. No run may be using the checkpoint.",
                        "",
                        "Records that are sent again have the ids that they had. Matches that a fix has changed will"
                                + " not be found again.")
                .footer(
                        "",
                        "Examples:",
                        "  pickaroon checkpoint reset /var/lib/pickaroon/checkpoint",
                        "  pickaroon checkpoint reset /var/lib/pickaroon/checkpoint --file '*.log' --to 1048576 --yes");
        private final Supplier<Path> path = path(command);
        private final Supplier<List<String>> globs = command.list(
                String.class,
                names("--file")
                        .paramLabel("GLOB")
                        .description(
                                "Only files whose path matches; without a slash: whose name does. Default: all, also"
                                        + " those that it does not know yet."));
        private final Supplier<Long> toOffset = command.option(names("--to")
                .type(long.class)
                .paramLabel("OFFSET")
                .defaultValue("0")
                .description("Read records again that start at this offset or later. Default: 0."));
        private final Supplier<Boolean> yes = command.flag("Do it.", "--yes");
        private final CommonOptions common = new CommonOptions(command);

        Reset(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return CheckpointReset.run(
                    terminal, new CheckpointReset.Request(path.get(), globs.get(), toOffset.get(), yes.get()));
        }
    }

    /** What a subcommand does with a checkpoint and nothing else. */
    @FunctionalInterface
    private interface Work {
        int on(Terminal terminal, Path path) throws IOException;
    }

    /** A subcommand that takes no option of its own. */
    private static final class Plain implements Callable<Integer> {
        private final Terminal terminal;
        private final Work work;
        private final CommandModel command;
        private final Supplier<Path> path;
        private final CommonOptions common;

        Plain(String name, Terminal terminal, Work work) {
            this.terminal = terminal;
            this.work = work;
            this.command = new CommandModel(name, this)
                    .footer("", "Examples:", "  pickaroon checkpoint " + name + " /var/lib/pickaroon/checkpoint");
            this.path = path(command);
            this.common = new CommonOptions(command);
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return work.on(terminal, path.get());
        }
    }
}
