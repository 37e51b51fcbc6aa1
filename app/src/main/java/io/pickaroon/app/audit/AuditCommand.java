package io.pickaroon.app.audit;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon audit}: is an audit trail what was written, and what does it say. */
public final class AuditCommand implements Runnable {
    private final CommandModel command = new CommandModel("audit", this)
            .description("Checks an audit trail of changes, or sums it up, while a run may be writing it.")
            .subcommandLabel("(verify|report)")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon audit verify /var/lib/pickaroon/audit.ndjson \\",
                    "      --checkpoint /var/lib/pickaroon/checkpoint",
                    "  pickaroon audit report /var/lib/pickaroon/audit.ndjson --html report.html");

    private AuditCommand() {
        new CommonOptions(command);
    }

    /** The command with its subcommands. */
    public static CommandSpec spec(Terminal terminal) {
        return new AuditCommand()
                .command
                .spec()
                .addSubcommand("verify", new Verify(terminal).command.spec())
                .addSubcommand("report", new Report(terminal).command.spec());
    }

    @Override
    public void run() {
        throw command.mistake("say what to do with it: verify or report");
    }

    private static Supplier<Path> keyFile(CommandModel command) {
        return command.option(names("--key-file")
                .type(Path.class)
                .paramLabel("FILE")
                .description("Has the key of the trail, if it was written with one."));
    }

    private static final class Verify implements Callable<Integer> {
        private final Terminal terminal;
        private final CommandModel command = new CommandModel("verify", this)
                .description(
                        "Checks that each line follows the one before, over the files to which the trail was rotated,"
                                + " and that none is there twice.",
                        "",
                        "Without a key, whoever can write the trail can write another chain: only the checkpoint, or a"
                                + " copy, shows that.",
                        "",
                        "Ends with 0 if it is sound, with 1 if it is not.")
                .footer("", "Examples:", "  pickaroon audit verify /var/lib/pickaroon/audit.ndjson");
        private final Supplier<Path> file = command.parameter(Path.class, "FILE", "The audit trail.");
        private final Supplier<Path> keyFile = keyFile(command);
        private final Supplier<Path> checkpoint = command.option(names("--checkpoint")
                .type(Path.class)
                .paramLabel("PATH")
                .description("The trail must have the line with which it ended when this checkpoint was written."));
        private final CommonOptions common = new CommonOptions(command);

        Verify(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return TrailCheck.run(
                    terminal, file.get(), Optional.ofNullable(keyFile.get()), Optional.ofNullable(checkpoint.get()));
        }
    }

    private static final class Report implements Callable<Integer> {
        private final Terminal terminal;
        private final CommandModel command = new CommandModel("report", this)
                .description(
                        "Checks audit trails as 'audit verify' does, and sums them up by rule, detector, file and day.",
                        "",
                        "Ends with 0 if they are sound, with 1 if one is not: what is said of it ends there.")
                .footer("", "Examples:", "  pickaroon audit report /var/lib/pickaroon/audit.ndjson --html report.html");
        private final Supplier<List<Path>> files = command.parameters(Path.class, "FILE", "The audit trails.");
        private final Supplier<Path> keyFile = keyFile(command);
        private final Supplier<Path> html = command.option(names("--html")
                .type(Path.class)
                .paramLabel("FILE")
                .description("Write a page, too, which needs no network and no script: with a map of each file."));
        private final CommonOptions common = new CommonOptions(command);

        Report(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            LogbackSetup.apply(false, common.stackTraces());
            return TrailReport.run(
                    terminal, files.get(), Optional.ofNullable(keyFile.get()), Optional.ofNullable(html.get()));
        }
    }
}
