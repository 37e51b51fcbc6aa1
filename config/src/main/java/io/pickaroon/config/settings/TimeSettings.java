package io.pickaroon.config.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * How the records of an input tell their time.
 *
 * @param regex its only group is the text of the time; empty: it stands at the beginning of the record
 * @param format without an expression one of {@code RecordTime.NAMES}, else a pattern; empty: the text is as any of the names has it
 * @param zone of times that do not say theirs
 * @param slack how much earlier a record may be than one before it in its file
 */
public record TimeSettings(Optional<String> regex, Optional<String> format, ZoneId zone, Duration slack) {
    /** What a record may be earlier by where nothing is said. */
    public static final Duration SLACK = Duration.ofMinutes(1);

    public TimeSettings {
        Objects.requireNonNull(regex, "regex");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(slack, "slack");
    }
}
