package io.pickaroon.config.settings;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How several lines, a stack trace for example, become one record. At least one of the two expressions is present; with both
 * a line starts a record if it matches the first one, or does not match the second one.
 *
 * @param start matches the first line of a record
 * @param continuation matches each line that belongs to the record before it
 * @param timeout how long a record at the end of a live file waits for another line, 1 ms to 1 h
 */
public record MultilineSettings(Optional<String> start, Optional<String> continuation, Duration timeout) {
    /** Where nothing is given. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    public MultilineSettings {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(continuation, "continuation");
        Objects.requireNonNull(timeout, "timeout");
    }
}
