package io.pickaroon.config.settings;

import io.pickaroon.records.Template;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Where the time of an event stands in its record, and how it is written.
 *
 * @param from gives the text that is read; does not name the time itself
 * @param format as {@code records.Timestamps} takes it
 * @param zone of times that do not say theirs
 */
public record TimestampSettings(Template from, String format, ZoneId zone) {
    public TimestampSettings {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(zone, "zone");
    }
}
