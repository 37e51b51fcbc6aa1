package io.pickaroon.app;

import io.pickaroon.app.broker.Installation;
import io.pickaroon.app.command.Version;
import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.logging.LogbackProvider;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.LauncherErrors;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.StandardOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.metrics.StartTrace;
import java.util.Optional;
import java.util.Set;

/** Where the program starts. */
public final class Main {
    /** Commands that read files, which needs native code. */
    private static final Set<String> SEARCHING = Set.of("scan", "fix", "run");

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int exitCode = run(arguments);
        StartTrace.phase("end");
        // System.exit looks in every jar for a service that logs it. The JVM ends with 0 by itself, and runs the same
        // hooks.
        if (exitCode != ExitCode.DONE || othersKeepTheProcess()) {
            System.exit(exitCode);
        }
    }

    private static boolean othersKeepTheProcess() {
        Thread[] threads = new Thread[Thread.activeCount() + 1];
        int count = Thread.enumerate(threads);
        int keeping = 0;
        for (int i = 0; i < count; i++) {
            keeping += threads[i].isDaemon() ? 0 : 1;
        }
        // This one does; and where there was no room for all, some are not known.
        return keeping > 1 || count == threads.length;
    }

    /** Runs one command with the streams of this process; returns its exit code. */
    static int run(String... arguments) {
        StandardOutput output = new StandardOutput();
        int exitCode = run(output, arguments);
        Optional<RecordOutput.OutputLost> lost = output.lost();
        if (exitCode != ExitCode.DONE || lost.isEmpty()) {
            return exitCode;
        }
        LauncherErrors.restore().run();
        Failure failure = Failure.of(lost.get());
        System.err.println(failure.message());
        return failure.exitCode();
    }

    private static int run(StandardOutput output, String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            // Who asks this is often a script that asks often: it need not wait for the command line's parser.
            Terminal.ofProcess(output).text().println(Version.line());
            return ExitCode.DONE;
        }
        Runnable errorsRestored = LauncherErrors.restore();
        LogbackProvider.select();
        if (arguments.length > 1 && SEARCHING.contains(arguments[0])) {
            LogSearch.prepare();
        }
        StartTrace.phase("JVM");
        return CommandTree.execute(
                Terminal.ofProcess(output), Installation.ofProcess(), errorsRestored, CallerTexts.arguments(arguments));
    }
}
