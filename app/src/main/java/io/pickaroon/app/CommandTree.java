package io.pickaroon.app;

import io.pickaroon.app.run.Installation;
import io.pickaroon.app.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * All commands, and what becomes of their mistakes.
 *
 * <p>The command classes hold options and little else: what they need to do their work is loaded when they do it, so that
 * {@code --help} and {@code --version} answer at once.
 */
final class CommandTree {
    private static final int WIDEST_HELP = 100;
    private static final int NARROWEST_HELP = 55;

    private CommandTree() {}

    /** Runs what the arguments say and returns the exit code. */
    static int execute(Terminal terminal, Installation installation, String... arguments) {
        CommandLine tree = create(terminal, installation);
        try {
            return tree.execute(arguments);
        } catch (Error error) {
            return report(terminal, error, List.of(arguments).contains("--stacktrace"));
        }
    }

    static CommandLine create(Terminal terminal, Installation installation) {
        return new CommandLine(new PickaroonCommand())
                .addSubcommand(new DemoCommand(terminal, installation))
                .addSubcommand(new RunCommand(terminal, installation))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new ScanCommand(terminal))
                .addSubcommand(new FixCommand(terminal))
                .addSubcommand(checkpoint(terminal))
                .addSubcommand(new DevBrokerCommand(installation))
                .addSubcommand(new CompletionCommand(terminal))
                .setOut(new PrintWriter(terminal.text(), true, terminal.text().charset()))
                .setErr(new PrintWriter(
                        terminal.errors(), true, terminal.errors().charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(Math.clamp(terminal.columns(), NARROWEST_HELP, WIDEST_HELP))
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((mistake, _) -> reportMistake(mistake))
                .setExecutionExceptionHandler(
                        (exception, _, parsed) -> report(terminal, exception, wantsStackTrace(parsed)));
    }

    private static CommandLine checkpoint(Terminal terminal) {
        return new CommandLine(new CheckpointCommand())
                .addSubcommand(new CheckpointCommand.Show(terminal))
                .addSubcommand(new CheckpointCommand.Fsck(terminal));
    }

    private static int reportMistake(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter errors = command.getErr();
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            errors.println(
                    name + ": " + unknown(command, unmatched.getUnmatched().getFirst()));
        } else {
            errors.println(name + ": " + mistake.getMessage());
        }
        errors.println("Try '" + name + " --help'.");
        return ExitCode.USER_ERROR;
    }

    private static String unknown(CommandLine command, String argument) {
        CommandSpec spec = command.getCommandSpec();
        boolean option = argument.startsWith("-");
        String word = option ? argument.replaceFirst("=.*", "") : argument;
        Set<String> known =
                option ? spec.optionsMap().keySet() : spec.subcommands().keySet();
        String what = option ? "unknown option " : known.isEmpty() ? "unexpected argument " : "unknown command ";
        return what
                + word
                + Spelling.nearest(word, known)
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElse("");
    }

    private static int report(Terminal terminal, Throwable thrown, boolean stackTrace) {
        Failure failure = Failure.of(thrown);
        terminal.errors().println(failure.message());
        if (stackTrace) {
            thrown.printStackTrace(terminal.errors());
        }
        return failure.exitCode();
    }

    private static boolean wantsStackTrace(ParseResult parsed) {
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        return deepest.hasMatchedOption("--stacktrace");
    }
}
