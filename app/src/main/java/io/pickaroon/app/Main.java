package io.pickaroon.app;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.Version;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.LauncherErrors;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.metrics.StartTrace;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int exitCode = run(arguments);
        StartTrace.phase("end");
        System.exit(exitCode);
    }

    /** Runs one command with the streams of this process; returns its exit code. */
    static int run(String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            // Who asks this is often a script that asks often: it need not wait for the command line's parser.
            System.out.println(Version.line());
            return ExitCode.DONE;
        }
        Runnable errorsRestored = LauncherErrors.restore();
        StartTrace.phase("JVM");
        return CommandTree.execute(
                Terminal.ofProcess(), Installation.ofProcess(), errorsRestored, CallerTexts.arguments(arguments));
    }
}
