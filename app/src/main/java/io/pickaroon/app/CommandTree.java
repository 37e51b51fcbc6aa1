package io.pickaroon.app;

import io.pickaroon.app.audit.AuditCommand;
import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.check.CheckCommand;
import io.pickaroon.app.checkpoint.CheckpointCommand;
import io.pickaroon.app.command.FinalMessage;
import io.pickaroon.app.completion.CompletionCommand;
import io.pickaroon.app.demo.DemoCommand;
import io.pickaroon.app.devbroker.DevBrokerCommand;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.fix.FixCommand;
import io.pickaroon.app.plan.PlanCommand;
import io.pickaroon.app.positions.PositionsCommand;
import io.pickaroon.app.replay.ReplayCommand;
import io.pickaroon.app.run.RunCommand;
import io.pickaroon.app.scan.ScanCommand;
import io.pickaroon.app.status.StatusCommand;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.app.verify.VerifyCommand;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.metrics.StartTrace;
import io.pickaroon.records.Spelling;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * All commands, and what becomes of their mistakes.
 *
 * <p>The command classes hold options and little else: what they need to do their work is loaded when they do it, so that
 * {@code --help} and {@code --version} answer at once.
 */
public final class CommandTree {
    private static final int WIDEST_HELP = 100;
    private static final int NARROWEST_HELP = 55;

    /** Commands that tell of all the others. */
    private static final Set<String> WHOLE_TREE = Set.of("help", "completion");

    static {
        // picocli would look in every jar for a class of Groovy, and load what reads dates and databases.
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java\\.(time|sql)\\..*");
    }

    private CommandTree() {}

    /** Runs what the arguments say and returns the exit code. */
    static int execute(Terminal terminal, Installation installation, String... arguments) {
        return execute(terminal, installation, () -> {}, arguments);
    }

    /**
     * Like the other method.
     *
     * @param ready waits for what a command needs, but its parsing and its help do not
     */
    static int execute(Terminal terminal, Installation installation, Runnable ready, String... arguments) {
        CommandLine tree = create(terminal, installation, arguments);
        tree.setExecutionStrategy(parsed -> {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            ready.run();
            StartTrace.phase("parsing");
            return new CommandLine.RunLast().execute(parsed);
        });
        try {
            return tree.execute(arguments);
        } catch (Error error) {
            return report(terminal, error, List.of(arguments).contains("--stacktrace"));
        }
    }

    /** The tree for some arguments: the command that they begin with, or all commands where they begin with none. */
    public static CommandLine create(Terminal terminal, Installation installation, String... arguments) {
        Map<String, Supplier<CommandSpec>> commands = new LinkedHashMap<>();
        commands.put("help", () -> CommandSpec.forAnnotatedObject(new HelpCommand()));
        commands.put("completion", () -> new CompletionCommand(terminal).spec());
        commands.put("demo", () -> new DemoCommand(terminal, installation).spec());
        commands.put("run", () -> new RunCommand(terminal, installation).spec());
        commands.put("plan", () -> new PlanCommand(terminal).spec());
        commands.put("verify", () -> new VerifyCommand(terminal).spec());
        commands.put("replay", () -> new ReplayCommand(terminal).spec());
        commands.put("check", () -> new CheckCommand(terminal).spec());
        commands.put("status", () -> new StatusCommand(terminal).spec());
        commands.put("scan", () -> new ScanCommand(terminal).spec());
        commands.put("fix", () -> new FixCommand(terminal).spec());
        commands.put("checkpoint", () -> CheckpointCommand.spec(terminal));
        commands.put("audit", () -> AuditCommand.spec(terminal));
        commands.put("positions", () -> PositionsCommand.spec(terminal));
        commands.put("dev-broker", () -> new DevBrokerCommand(installation).spec());
        String first = arguments.length == 0 ? "help" : arguments[0];
        boolean one = commands.containsKey(first) && !WHOLE_TREE.contains(first);
        CommandLine root = new CommandLine(new PickaroonCommand().spec());
        commands.forEach((name, command) -> {
            if (!one || name.equals(first)) {
                root.addSubcommand(name, command.get());
            }
        });
        return root.setOut(
                        new PrintWriter(terminal.text(), true, terminal.text().charset()))
                .setErr(new PrintWriter(
                        terminal.errors(), true, terminal.errors().charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(Math.clamp(terminal.columns(), NARROWEST_HELP, WIDEST_HELP))
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false)
                .registerConverter(Path.class, NamedPath::of)
                .registerConverter(Long.TYPE, text -> number(text, Long::parseLong))
                .registerConverter(Integer.TYPE, text -> number(text, Integer::parseInt))
                .registerConverter(Integer.class, text -> number(text, Integer::parseInt))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, _) -> reportMistake(mistake))
                .setExecutionExceptionHandler(
                        (exception, _, parsed) -> report(terminal, exception, wantsStackTrace(parsed)));
    }

    private static <T> T number(String text, Function<String, T> parsed) {
        try {
            return parsed.apply(text);
        } catch (NumberFormatException _) {
            boolean tooLarge = text.matches("-?\\d+");
            throw new TypeConversionException(
                    "'" + text + (tooLarge ? "' is too large" : "' is no whole number; write digits alone"));
        }
    }

    private static int reportMistake(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter errors = command.getErr();
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            errors.println(
                    name + ": " + unknown(command, unmatched.getUnmatched().getFirst()));
        } else {
            errors.println(name + ": " + ByteText.printable(mistake.getMessage()));
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
                + ByteText.printable(word)
                + Spelling.nearest(word, known)
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElse("");
    }

    private static int report(Terminal terminal, Throwable thrown, boolean stackTrace) {
        return FinalMessage.report(terminal.errors(), thrown, stackTrace);
    }

    private static boolean wantsStackTrace(ParseResult parsed) {
        ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        return deepest.hasMatchedOption("--stacktrace");
    }
}
