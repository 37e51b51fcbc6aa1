package io.pickaroon.app.command;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.logging.LogbackSetup;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * Ends the process when an error from which Java cannot recover, such as a missing class, hits a thread that others wait
 * for. Reactor does not propagate such an error, and Kafka's threads die of it, so the run would hang. A crash instead
 * costs nothing: the next start recovers.
 *
 * <p>The thread that dies, or the library that swallows the error, logs it at least; that is where it is noticed. The
 * launcher has the JVM itself see to a heap that is too small.
 */
public final class FatalErrors {
    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);

    private FatalErrors() {}

    /**
     * From now on such an error ends the process with exit code 1 and one line that says why.
     *
     * @param stackTraces whether the line is followed by the place in the program
     */
    public static void endTheProcess(boolean stackTraces) {
        Consumer<Throwable> end = error -> end(error, stackTraces);
        LogbackSetup.whenFatal(end);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, error) -> LOG.error("thread {} failed", thread.getName(), error));
        Schedulers.onHandleError(
                FatalErrors.class.getName(), (thread, error) -> LOG.error("thread {} failed", thread.getName(), error));
    }

    private static void end(Throwable error, boolean stackTraces) {
        try {
            FinalMessage.report(System.err, error, stackTraces);
        } finally {
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }
}
