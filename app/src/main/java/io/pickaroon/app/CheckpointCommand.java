package io.pickaroon.app;

import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
final class CheckpointCommand implements Runnable {
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
            name = "fsck",
            description = "Says whether the checkpoint is sound, and what a run would do with each file when it starts"
                    + " again. Ends with 0 if it is sound, with 1 if it is damaged.",
            footer = {"", "Examples:", "  pickaroon checkpoint fsck /var/lib/pickaroon/checkpoint"})
    static final class Fsck implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "PATH", description = "The checkpoint.")
        private Path path;

        @Mixin
        private CommonOptions common;

        Fsck(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            return CheckpointReport.fsck(terminal, path);
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

    @Command(
            name = "new-instance",
            description = "Gives a checkpoint that was copied an identity and a name of its own. Its places in the log"
                    + " files stay. No run may be using it.",
            footer = {"", "Examples:", "  pickaroon checkpoint new-instance /var/lib/pickaroon/checkpoint"})
    static final class NewInstance implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "PATH", description = "The checkpoint.")
        private Path path;

        @Mixin
        private CommonOptions common;

        NewInstance(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return CheckpointChange.newInstance(terminal, path);
        }
    }

    @Command(
            name = "downgrade",
            description = "Writes a checkpoint in the format of the version before this one, and says what is lost by"
                    + " that. No run may be using it.",
            footer = {"", "Examples:", "  pickaroon checkpoint downgrade /var/lib/pickaroon/checkpoint"})
    static final class Downgrade implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "PATH", description = "The checkpoint.")
        private Path path;

        @Mixin
        private CommonOptions common;

        Downgrade(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return CheckpointChange.downgrade(terminal, path);
        }
    }
}
