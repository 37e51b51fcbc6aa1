package io.pickaroon.app.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.pickaroon.processor.directio.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Writes to what {@link System#err} is at that moment, each event in one piece: {@code LEVEL message}, or JSON. The same
 * line is written a few times in a minute at most, and so are lines that differ only in what is put into them, for a few
 * more times.
 */
final class ErrorStreamAppender extends AppenderBase<ILoggingEvent> {
    private static final int SAME_TEXT_IN_A_MINUTE = 5;
    private static final int SAME_FORMAT_IN_A_MINUTE = 100;

    private final RepeatLimit texts = new RepeatLimit(SAME_TEXT_IN_A_MINUTE);
    private final RepeatLimit formats = new RepeatLimit(SAME_FORMAT_IN_A_MINUTE);
    private JsonEncoder json;

    @Override
    public void start() {
        json = JsonEvent.encoder(getContext());
        super.start();
    }

    @Override
    protected void append(ILoggingEvent logged) {
        ILoggingEvent event = PrintablePaths.in(logged);
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy && isFatal(proxy.getThrowable())) {
            endWith(proxy.getThrowable());
        }
        if (!event.getLoggerName().startsWith(LogbackSetup.OUR_LOGGERS) && holdsSecret(event)) {
            return;
        }
        int ofText = texts.admit(event.getFormattedMessage(), event.getTimeStamp());
        if (ofText == RepeatLimit.HELD_BACK) {
            return;
        }
        int ofFormat = formats.admit(event.getLoggerName() + logged.getMessage(), event.getTimeStamp());
        if (ofFormat == RepeatLimit.HELD_BACK) {
            return;
        }
        System.err.print(
                LogbackSetup.isJson(getContext())
                        ? new String(json.encode(event), StandardCharsets.UTF_8)
                        : text(event, ofText + ofFormat));
    }

    private String text(ILoggingEvent event, int heldBack) {
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
        if (heldBack > 0) {
            text.append(" (").append(heldBack).append(" more like this were not logged)");
        }
        // No further line of an event looks like an event of its own.
        return ByteText.printableLines(text.toString()).replaceAll("\n(?=\\S)", "\n  ") + System.lineSeparator();
    }

    @SuppressWarnings("unchecked")
    private boolean holdsSecret(ILoggingEvent event) {
        if (!(getContext().getObject(LogbackSetup.SECRETS) instanceof Predicate<?> secrets)) {
            return false;
        }
        Predicate<String> holdsSecret = (Predicate<String>) secrets;
        boolean isIn = holdsSecret.test(event.getFormattedMessage());
        for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
            isIn |= holdsSecret.test(thrown.getMessage());
        }
        return isIn;
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
