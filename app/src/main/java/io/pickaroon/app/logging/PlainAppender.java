package io.pickaroon.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.function.Consumer;

/** Writes {@code LEVEL message} to what {@link System#err} is at that moment, each event in one piece. */
final class PlainAppender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy && isFatal(proxy.getThrowable())) {
            endWith(proxy.getThrowable());
        }
        StringBuilder text =
                new StringBuilder().append(event.getLevel()).append(' ').append(event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            if (Boolean.parseBoolean(getContext().getProperty(LogbackSetup.STACK_TRACES))) {
                text.append(System.lineSeparator())
                        .append(ThrowableProxyUtil.asString(thrown).stripTrailing());
            } else {
                text.append(": ").append(thrown.getMessage() == null ? thrown.getClassName() : thrown.getMessage());
            }
        }
        System.err.println(text);
    }

    private static boolean isFatal(Throwable thrown) {
        return thrown instanceof VirtualMachineError || thrown instanceof LinkageError;
    }

    @SuppressWarnings("unchecked")
    private void endWith(Throwable fatal) {
        if (getContext().getObject(LogbackSetup.FATAL_HANDLER) instanceof Consumer<?> handler) {
            ((Consumer<Throwable>) handler).accept(fatal);
        }
    }
}
