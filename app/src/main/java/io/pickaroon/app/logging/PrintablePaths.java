package io.pickaroon.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.helpers.MessageFormatter;

/** Paths in events of the log, written as in all other output: {@link Path#toString} loses bytes that are no UTF-8. */
final class PrintablePaths {
    private PrintablePaths() {}

    /** The event, or one that says the same with its paths as they are. */
    static ILoggingEvent in(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        if (arguments == null || Arrays.stream(arguments).noneMatch(Path.class::isInstance)) {
            return event;
        }
        Object[] printable = Arrays.stream(arguments)
                .map(argument -> argument instanceof Path path ? NativePath.printable(path) : argument)
                .toArray();
        LoggingEvent changed = new LoggingEvent();
        changed.setLoggerName(event.getLoggerName());
        changed.setLevel(event.getLevel());
        changed.setThreadName(event.getThreadName());
        changed.setInstant(event.getInstant());
        changed.setKeyValuePairs(event.getKeyValuePairs());
        if (event.getThrowableProxy() instanceof ThrowableProxy thrown) {
            changed.setThrowableProxy(thrown);
        }
        changed.setMessage(MessageFormatter.basicArrayFormat(event.getMessage(), printable));
        return changed;
    }
}
