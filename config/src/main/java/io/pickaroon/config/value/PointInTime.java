package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * A point in time as people write it: a date of ISO 8601, which is its first moment, with a time of day or without, with an offset
 * or without; or how long ago it is.
 */
public sealed interface PointInTime {
    /** What is expected where one is read. */
    String EXPECTED = "a time such as '2026-11-29T08:05:30+01:00', '2026-11-29 08:05', '2026-11-29' or '10m ago'";

    ScalarType<PointInTime> TYPE = new ScalarType<>(EXPECTED, PointInTime::parse);

    /**
     * When it is.
     *
     * @param zone of a time that does not say its own; of an hour that comes twice it is the first, and one that is skipped is
     *     later by what is skipped
     * @param now what it is counted back from
     */
    Instant instant(ZoneId zone, Instant now);

    /** A time that says its offset from UTC. */
    record Exact(Instant instant) implements PointInTime {
        @Override
        public Instant instant(ZoneId zone, Instant now) {
            return instant;
        }
    }

    /** A time of some zone. */
    record Local(LocalDateTime time) implements PointInTime {
        @Override
        public Instant instant(ZoneId zone, Instant now) {
            return time.atZone(zone).toInstant();
        }
    }

    /** A time before now. */
    record Ago(Duration duration) implements PointInTime {
        @Override
        public Instant instant(ZoneId zone, Instant now) {
            return now.minus(duration);
        }
    }

    /**
     * Reads one.
     *
     * @throws Mismatch if the text is none; the message says what was expected
     */
    static PointInTime parse(String text) throws Mismatch {
        String stripped = text.strip();
        if (stripped.equals("now")) {
            return new Ago(Duration.ZERO);
        }
        if (stripped.endsWith(" ago")) {
            String duration =
                    stripped.substring(0, stripped.length() - " ago".length()).strip();
            return new Ago(Numbers.duration(Duration.ZERO, Duration.ofDays(36_500))
                    .parser()
                    .parse(duration));
        }
        String time = stripped.toUpperCase(Locale.ROOT).replace(' ', 'T').replaceFirst("T(?=[+-][0-9])", "");
        return exact(time)
                .or(() -> local(time))
                .orElseThrow(() -> new Mismatch(
                        "expected " + EXPECTED + ", found " + Mismatch.quoted(text), durationAlone(stripped)));
    }

    private static Optional<PointInTime> exact(String time) {
        try {
            return Optional.of(new Exact(OffsetDateTime.parse(time).toInstant()));
        } catch (DateTimeException isNone) {
            return Optional.empty();
        }
    }

    private static Optional<PointInTime> local(String time) {
        try {
            return Optional.of(new Local(
                    time.contains("T")
                            ? LocalDateTime.parse(time)
                            : LocalDate.parse(time).atStartOfDay()));
        } catch (DateTimeException isNone) {
            return Optional.empty();
        }
    }

    private static Optional<String> durationAlone(String text) {
        try {
            Duration _ = Numbers.duration(Duration.ZERO, Duration.ofDays(36_500))
                    .parser()
                    .parse(text);
            return Optional.of("did you mean '" + text + " ago'?");
        } catch (Mismatch isNone) {
            return Optional.empty();
        }
    }
}
