package io.pickaroon.records.emit;

import io.pickaroon.records.Template;
import io.pickaroon.records.time.Timestamps;
import java.time.ZoneId;

/**
 * How the time of an event is read from a record. Immutable.
 *
 * @param from the text with the time in it; it cannot use {@code {time}} itself
 * @param format one of {@link Timestamps}
 * @param zone of times that do not say theirs
 */
public record TimestampTemplate(Template from, String format, ZoneId zone) {
    /** @throws IllegalArgumentException if the format is invalid */
    public TimestampTemplate {
        Timestamps.of(format, zone);
    }
}
