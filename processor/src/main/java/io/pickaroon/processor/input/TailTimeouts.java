package io.pickaroon.processor.input;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long a followed file must not grow until the unfinished record at its end is emitted. What is appended later is a
 * record of its own.
 *
 * @param record for a record of several lines, which the next first line would end
 * @param line for a line without a delimiter; empty: it waits for its delimiter for as long as the file has its name
 */
public record TailTimeouts(Duration record, Optional<Duration> line) {
    /** What is used unless a setting says otherwise. */
    public static final TailTimeouts STANDARD = new TailTimeouts(Duration.ofSeconds(5), Optional.empty());

    public TailTimeouts {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(line, "line");
    }

    /** The timeouts of a rotated file, in which no line is ended after that time. */
    public TailTimeouts afterRotation(Duration quietTime) {
        return new TailTimeouts(
                shorter(record, quietTime),
                Optional.of(line.map(time -> shorter(time, quietTime)).orElse(quietTime)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
