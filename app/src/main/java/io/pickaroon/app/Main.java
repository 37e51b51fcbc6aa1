package io.pickaroon.app;

import io.pickaroon.app.run.Installation;
import io.pickaroon.app.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        takeErrorStreamFromLauncher();
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            // Who asks this is often a script that asks often: it need not wait for the command line's parser.
            System.out.println(Version.line());
            System.exit(ExitCode.DONE);
        }
        System.exit(CommandTree.execute(Terminal.ofProcess(), Installation.ofProcess(), arguments));
    }

    /**
     * The launcher keeps a warning of the starting JVM off the screen: it points standard error elsewhere and hands over
     * the real one as descriptor 0.
     */
    private static void takeErrorStreamFromLauncher() {
        if ("0".equals(System.getProperty("pickaroon.stderr.fd"))) {
            Charset charset = System.err.charset();
            System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.in), true, charset));
        }
    }
}
