package io.pickaroon.app.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback for SLF4J, named and set up in code. Both would otherwise look for services, which opens every jar of the class
 * path and takes longer than a short command.
 */
public final class LogbackProvider implements SLF4JServiceProvider {
    private final LoggerContext loggers = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter diagnosticContext = new LogbackMDCAdapter();

    /** Makes SLF4J use it. Has no effect after the first logger was made. */
    public static void select() {
        System.setProperty("slf4j.provider", LogbackProvider.class.getName());
        // Or SLF4J says on standard error that a provider was named.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public void initialize() {
        loggers.setName("default");
        loggers.setMDCAdapter(diagnosticContext);
        LogbackSetup setup = new LogbackSetup();
        setup.setContext(loggers);
        setup.configure(loggers);
        loggers.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnosticContext;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }
}
