package io.pickaroon.app;

import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pickaroon checkpoint}: what is in a checkpoint, and is it sound? Reads only, also while a run uses it. */
@Command(
        name = "checkpoint",
        description = "Shows or checks a checkpoint. Changes nothing; a run may be using it.",
        synopsisSubcommandLabel = "(show|fsck)",
        footer = {
            "",
            "Examples:",
            "  pickaroon checkpoint show /var/lib/pickaroon/checkpoint",
            "  pickaroon checkpoint show --json /var/lib/pickaroon/checkpoint",
            "  pickaroon checkpoint fsck /var/lib/pickaroon/checkpoint"
        })
final class CheckpointCommand implements Runnable {
    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with it: show or fsck");
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
}
