package io.pickaroon.app;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Logger;

/** One command, run in this process, with what it wrote. */
public record CommandRun(int exitCode, byte[] outputBytes, String errors) {
    private static final int COLUMNS = 80;

    static {
        // Its console handler keeps the standard error of the moment in which it is made: not that of a command.
        Logger.getLogger("").getHandlers();
    }

    /** Standard output of the command that runs. */
    private static ByteArrayOutputStream running = new ByteArrayOutputStream();

    /** Standard error is no terminal. */
    public static CommandRun of(Object... arguments) {
        return run(false, arguments);
    }

    /** Somebody looks at standard error. */
    public static CommandRun onTerminal(Object... arguments) {
        return run(true, arguments);
    }

    /** What it writes to standard output and to standard error, which go to one place. */
    public static String together(Object... arguments) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        run(false, both, both, arguments);
        return both.toString(StandardCharsets.UTF_8);
    }

    /** With something on standard input. */
    public static CommandRun withInput(InputStream input, Object... arguments) {
        InputStream systemIn = System.in;
        System.setIn(input);
        try {
            return run(false, arguments);
        } finally {
            System.setIn(systemIn);
        }
    }

    /** What the command that runs has written so far. */
    public static String outputSoFar() {
        return running.toString(StandardCharsets.UTF_8);
    }

    private static CommandRun run(boolean errorsAreSeen, Object... arguments) {
        return run(errorsAreSeen, new ByteArrayOutputStream(), new ByteArrayOutputStream(), arguments);
    }

    private static CommandRun run(
            boolean errorsAreSeen, ByteArrayOutputStream output, ByteArrayOutputStream errors, Object... arguments) {
        running = output;
        PrintStream errorStream = new PrintStream(errors, true, StandardCharsets.UTF_8);
        PrintStream systemErr = System.err;
        System.setErr(errorStream);
        try {
            String[] words = new String[arguments.length];
            for (int i = 0; i < words.length; i++) {
                words[i] = arguments[i].toString();
            }
            int exitCode = CommandTree.execute(
                    new Terminal(output, errorStream, errorsAreSeen, COLUMNS), installation(), words);
            return new CommandRun(exitCode, output.toByteArray(), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(systemErr);
        }
    }

    /** The installation that the build made: the broker is where a distribution has it. */
    public static Installation installation() {
        return new Installation(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Optional.of(Path.of(System.getProperty("pickaroon.broker.lib")).getParent()));
    }

    public String output() {
        return new String(outputBytes, StandardCharsets.UTF_8);
    }
}
