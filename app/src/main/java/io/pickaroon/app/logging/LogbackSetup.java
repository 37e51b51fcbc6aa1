package io.pickaroon.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/**
 * Sets logback up in code, so that no XML is parsed at start. {@link LogbackProvider} calls it in the program; elsewhere, such
 * as in tests, logback finds it as a service.
 *
 * <p>Lines go to standard error, as text or as JSON. Of the libraries only what matters is shown: Kafka's clients
 * repeat in many words what Pickaroon says once.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogbackSetup extends ContextAwareBase implements Configurator {
    static final String STACK_TRACES = "stackTraces";
    static final String FORMAT = "format";
    static final String FATAL_HANDLER = "fatalHandler";
    static final String SECRETS = "secrets";
    static final String OUR_LOGGERS = "io.pickaroon";
    private static final String KAFKA_LOGGERS = "org.apache.kafka";
    /** It calls an error what HangingTransaction asks without need, and says in words of its own. */
    private static final String KAFKA_PRODUCERS_ASKED =
            "org.apache.kafka.clients.admin.internals.DescribeProducersHandler";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ErrorStreamAppender appender = new ErrorStreamAppender();
        appender.setContext(context);
        appender.setName("stderr");
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger(OUR_LOGGERS).setLevel(Level.INFO);
        context.getLogger(KAFKA_LOGGERS).setLevel(Level.ERROR);
        context.getLogger(KAFKA_PRODUCERS_ASKED).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Applies what the user asked for to the running program.
     *
     * @param quiet only errors are logged
     * @param stackTraces logged exceptions come with their stack traces
     */
    public static void apply(boolean quiet, boolean stackTraces) {
        apply(quiet ? Level.ERROR : Level.INFO, stackTraces);
    }

    /** Sets the format of each line of the log. */
    public static void format(LogFormat format) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putProperty(FORMAT, format.name());
        }
    }

    /** Whether each line of the log is an object of JSON. */
    public static boolean isJson() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context && isJson(context);
    }

    static boolean isJson(Context context) {
        return LogFormat.JSON.name().equals(context.getProperty(FORMAT));
    }

    /** As {@link #apply}, for a command that itself says what it does: the engine speaks of trouble alone. */
    public static void applyForTrouble(boolean quiet, boolean stackTraces) {
        apply(quiet ? Level.ERROR : Level.WARN, stackTraces);
    }

    /**
     * Sets the handler of errors from which Java cannot recover. They are not logged.
     *
     * @param handler does not return
     */
    public static void whenFatal(Consumer<Throwable> handler) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putObject(FATAL_HANDLER, handler);
        }
    }

    /**
     * Leaves out lines of libraries that hold a secret.
     *
     * @param holdsSecret takes null, too
     */
    public static void leaveOut(Predicate<String> holdsSecret) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putObject(SECRETS, holdsSecret);
        }
    }

    private static void apply(Level level, boolean stackTraces) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(OUR_LOGGERS).setLevel(level);
            context.putProperty(STACK_TRACES, Boolean.toString(stackTraces));
        }
    }
}
