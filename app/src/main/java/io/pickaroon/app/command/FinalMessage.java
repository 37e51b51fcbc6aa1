package io.pickaroon.app.command;

import io.pickaroon.app.error.Failure;
import io.pickaroon.app.logging.JsonEvent;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.processor.directio.ByteText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.slf4j.event.Level;

/** The one message that a command ends with when it failed. It passes every limit of the log. */
public final class FinalMessage {
    private FinalMessage() {}

    /** The place in the program, in lines, as far as a terminal may show it. */
    public static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return ByteText.printableLines(trace.toString());
    }

    /**
     * Prints it: as an event of the log where that is JSON, or else for a person.
     *
     * @param stackTrace whether it is followed by the place in the program
     * @return the exit code
     */
    public static int report(PrintStream errors, Throwable thrown, boolean stackTrace) {
        Failure failure = Failure.of(thrown);
        if (LogbackSetup.isJson()) {
            Throwable shown = stackTrace ? thrown : null;
            errors.print(JsonEvent.of(Level.ERROR, failure.message(), Map.of("exitCode", failure.exitCode()), shown));
            return failure.exitCode();
        }
        errors.println(failure.message());
        if (stackTrace) {
            errors.print(stackTrace(thrown));
        }
        return failure.exitCode();
    }
}
