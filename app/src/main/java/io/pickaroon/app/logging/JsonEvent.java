package io.pickaroon.app.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** An event as a line of JSON, in the form that every line of the log has when the format is JSON. */
public final class JsonEvent {
    private static final String LOGGER = "io.pickaroon";

    private JsonEvent() {}

    /**
     * An event of the program itself, with a line end.
     *
     * @param fields in {@code kvpList}
     * @param thrown null if there is none
     */
    public static String of(Level level, String message, Map<String, ?> fields, Throwable thrown) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger logger = context.getLogger(LOGGER);
        LoggingEvent event = new LoggingEvent(
                JsonEvent.class.getName(),
                logger,
                ch.qos.logback.classic.Level.convertAnSLF4JLevel(level),
                message,
                thrown,
                null);
        fields.forEach((key, value) -> event.addKeyValuePair(new KeyValuePair(key, value)));
        return new String(encoder(context).encode(event), StandardCharsets.UTF_8);
    }

    /** The encoder of all lines. */
    static JsonEncoder encoder(ch.qos.logback.core.Context context) {
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithContext(false);
        json.setWithMDC(false);
        json.setWithMessage(false);
        json.setWithArguments(false);
        json.setWithFormattedMessage(true);
        json.start();
        return json;
    }
}
