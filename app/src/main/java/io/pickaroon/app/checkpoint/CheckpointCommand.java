package io.pickaroon.app.checkpoint;

import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pickaroon checkpoint}: what is in a checkpoint, is it sound, and what a person may change in it. */
@Command(
        name = "checkpoint",
        description = "Shows or checks a checkpoint, while a run may be using it; or changes one that no run is using.",
        synopsisSubcommandLabel = "(show|fsck|reset|new-instance|downgrade)",
        footer = {
            "",
            "Examples:",
            "  pickaroon checkpoint show /var/lib/pickaroon/checkpoint",
            "  pickaroon checkpoint show --json /var/lib/pickaroon/checkpoint",
            "  pickaroon checkpoint fsck /var/lib/pickaroon/checkpoint",
            "  pickaroon checkpoint reset /var/lib/pickaroon/checkpoint --file '/var/log/shop/*.log'"
        })
public final class CheckpointCommand implements Runnable {
    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do with it: show, fsck, reset, new-instance or downgrade");
    }

    @Command(
            name = "show",
            description = "Prints how far each log file has been dealt with, and what that file is like now.",
            footer = {"", "Examples:", "  pickaroon checkpoint show --json /var/lib/pickaroon/checkpoint"})
    static final class Show implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "PATH", description = "The checkpoint.")
        private Path path;

        @Option(names = "--json", description = "Print a JSON object instead of a table.")
        private boolean json;

        @Mixin
        private CommonOptions common;

        Show(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            return CheckpointReport.show(terminal, path, json);
        }
    }

    @Command(
            name = "reset",
            description = {
                "Has log files read again, and what matches in them sent again, at the next start. Says what that is;"
                        + " does it with --yes. No run may be using the checkpoint.",
                "",
                "Records that are sent again have the ids that they had. Matches that a fix has changed will not be"
                        + " found again."
            },
            footer = {
                "",
                "Examples:",
                "  pickaroon checkpoint reset /var/lib/pickaroon/checkpoint",
                "  pickaroon checkpoint reset /var/lib/pickaroon/checkpoint --file '*.log' --to 1048576 --yes"
            })
    static final class Reset implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "PATH", description = "The checkpoint.")
        private Path path;

        @Option(
                names = "--file",
                paramLabel = "GLOB",
                description = "Only files whose path matches; without a slash: whose name does. Default: all, also"
                        + " those that it does not know yet.")
        private List<String> globs = new ArrayList<>();

        @Option(
                names = "--to",
                paramLabel = "OFFSET",
                defaultValue = "0",
                description = "Read records again that start at this offset or later. Default: 0.")
        private long toOffset;

        @Option(names = "--yes", description = "Do it.")
        private boolean yes;

        @Mixin
        private CommonOptions common;

        Reset(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return CheckpointReset.run(terminal, new CheckpointReset.Request(path, globs, toOffset, yes));
        }
    }

    /** What a subcommand does with a checkpoint and nothing else. */
    @FunctionalInterface
    private interface Work {
        int on(Terminal terminal, Path path) throws IOException;
    }

    /** A subcommand that takes no option of its own. */
    @Command
    private static final class Plain implements Callable<Integer> {
        private final Terminal terminal;
        private final Work work;

        @Parameters(paramLabel = "PATH", description = "The checkpoint.")
        private Path path;

        @Mixin
        private CommonOptions common;

        Plain(Terminal terminal, Work work) {
            this.terminal = terminal;
            this.work = work;
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return work.on(terminal, path);
        }
    }

    private static CommandLine plain(String name, String description, Terminal terminal, Work work) {
        CommandLine command = new CommandLine(new Plain(terminal, work));
        command.getCommandSpec()
                .name(name)
                .usageMessage()
                .description(description)
                .footer("", "Examples:", "  pickaroon checkpoint " + name + " /var/lib/pickaroon/checkpoint");
        return command;
    }

    /** The command with its subcommands. */
    public static CommandLine tree(Terminal terminal) {
        return new CommandLine(new CheckpointCommand())
                .addSubcommand(new Show(terminal))
                .addSubcommand(plain(
                        "fsck",
                        "Says whether the checkpoint is sound, and what a run would do with each file when it starts"
                                + " again. Ends with 0 if it is sound, with 1 if it is damaged.",
                        terminal,
                        CheckpointReport::fsck))
                .addSubcommand(new Reset(terminal))
                .addSubcommand(plain(
                        "new-instance",
                        "Gives a checkpoint that was copied an identity and a name of its own. Its places in the log"
                                + " files stay. No run may be using it.",
                        terminal,
                        CheckpointChange::newInstance))
                .addSubcommand(plain(
                        "downgrade",
                        "Writes a checkpoint in the format of the version before this one, and says what is lost by"
                                + " that. No run may be using it.",
                        terminal,
                        CheckpointChange::downgrade));
    }
}
