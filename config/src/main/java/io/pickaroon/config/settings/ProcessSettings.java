package io.pickaroon.config.settings;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the process takes of the machine, and where it can be asked how it is doing.
 *
 * @param threads how many windows are scanned at the same time, 1 to 1,024; the number of processors when not given
 * @param maxOpenFiles how many files are read at the same time, 1 to 100,000
 * @param lookInterval how often all followed files are found and measured anew, even if the kernel reports no change, 100 ms to
 *     1 h
 * @param stopTimeout how long a stop goes on delivering what it has read, 1 s to 1 h
 * @param http where metrics and health are served; empty: nowhere
 * @param audit where a line is kept of each change of a log file; empty: nowhere
 */
public record ProcessSettings(
        int threads,
        int maxOpenFiles,
        Duration lookInterval,
        Duration stopTimeout,
        Optional<HttpSettings> http,
        Optional<AuditSettings> audit) {
    /** What is used unless a setting says otherwise. */
    public static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    public ProcessSettings {
        Objects.requireNonNull(lookInterval, "lookInterval");
        Objects.requireNonNull(stopTimeout, "stopTimeout");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(audit, "audit");
    }
}
