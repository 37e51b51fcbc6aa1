package io.pickaroon.records.time;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

/** Reads times with the JDK's formatter, for patterns that {@link TimePattern} does not know. Immutable. */
final class TimeFormatter {
    private static final int LONGEST_TEXT_BYTES = 200;
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2001, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC);

    private final DateTimeFormatter formatter;
    private final ZoneId zone;

    /**
     * @param zone of times that do not say theirs
     * @throws IllegalArgumentException if the pattern is invalid, or what it describes is not a time; the message says why
     */
    TimeFormatter(String pattern, ZoneId zone) {
        this.zone = zone;
        this.formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                // Without it, a strict formatter does not know which year 'yyyy' is.
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        if (readText(sample(pattern)) < 0) {
            throw new IllegalArgumentException(FormatAdvice.ofPart(pattern));
        }
    }

    private String sample(String pattern) {
        try {
            return formatter.format(SAMPLE.withZoneSameInstant(zone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the pattern '" + pattern + "' cannot be used: " + e.getMessage(), e);
        }
    }

    /** Milliseconds since 1970, negative for an earlier time or none. */
    long read(byte[] text, int from, int to) {
        return to - from > LONGEST_TEXT_BYTES
                ? Timestamps.UNREADABLE
                : readText(new String(text, from, to - from, StandardCharsets.UTF_8));
    }

    private long readText(String text) {
        try {
            TemporalAccessor read = formatter.parse(text);
            LocalDate date = read.query(TemporalQueries.localDate());
            LocalTime time = read.query(TemporalQueries.localTime());
            if (date == null || time == null) {
                return Timestamps.UNREADABLE;
            }
            List<ZoneOffset> offsets = offsets(read, date, time);
            return offsets.isEmpty()
                    ? Timestamps.UNREADABLE
                    : date.atTime(time).toInstant(offsets.getFirst()).toEpochMilli();
        } catch (DateTimeException | ArithmeticException notATime) {
            return Timestamps.UNREADABLE;
        }
    }

    /** The offsets that a time can have, the earlier time first; none if the clock skips it. */
    private List<ZoneOffset> offsets(TemporalAccessor read, LocalDate date, LocalTime time) {
        if (read.isSupported(ChronoField.OFFSET_SECONDS)) {
            return List.of(ZoneOffset.ofTotalSeconds(read.get(ChronoField.OFFSET_SECONDS)));
        }
        ZoneId said = read.query(TemporalQueries.zoneId());
        return (said == null ? zone : said).getRules().getValidOffsets(date.atTime(time));
    }
}
