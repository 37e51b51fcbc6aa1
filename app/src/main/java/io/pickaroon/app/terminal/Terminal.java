package io.pickaroon.app.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command writes.
 *
 * @param output standard output, unbuffered, so that a reader that went away is noticed
 * @param errors standard error
 * @param errorsAreSeen true if standard error is a terminal that a person looks at
 * @param columns width of that terminal in characters
 */
public record Terminal(OutputStream output, PrintStream errors, boolean errorsAreSeen, int columns) {
    private static final int USUAL_COLUMNS = 80;

    /** The streams of this process, described by the launcher in the properties {@code pickaroon.stderr.*}. */
    public static Terminal ofProcess(StandardOutput output) {
        int columns = Integer.getInteger("pickaroon.columns", USUAL_COLUMNS);
        return new Terminal(
                output, System.err, Boolean.getBoolean("pickaroon.stderr.tty"), columns > 0 ? columns : USUAL_COLUMNS);
    }

    /** True if standard output is a terminal that a person looks at. */
    public boolean outputIsSeen() {
        return output instanceof StandardOutput && isTerminal(1);
    }

    /** The file that standard output goes to. */
    public OutputFile outputFile() {
        return output instanceof StandardOutput ? OutputFile.at(Path.of("/proc/self/fd/1")) : OutputFile.NONE;
    }

    /** True if a person would have to type what is read from standard input. */
    public static boolean inputIsTerminal() {
        return isTerminal(0);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException _) {
            return false;
        }
    }

    /** Standard output for text, flushed with each line. */
    public PrintStream text() {
        return new PrintStream(output, true, charset());
    }

    private static Charset charset() {
        return Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8);
    }
}
