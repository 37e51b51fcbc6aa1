package io.pickaroon.records.time;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Reads the time of an event from the text that a record has for it. It is strict: a 30 February, a second 60, a time that a
 * change to daylight saving time skips, and any byte around the time make it unreadable. Of a time that a clock shows twice it
 * takes the earlier. It belongs to one thread; allocates nothing for formats whose parts all are common ones.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><td>{@code ISO_OFFSET_DATE_TIME}</td><td>as the JDK's: {@code 2026-11-29T08:05:30.12+01:00}, for years of four
 * digits</td></tr>
 * <tr><td>{@code epochMillis}</td><td>digits, at most 15</td></tr>
 * <tr><td>{@code epochSeconds}</td><td>digits, at most 12, and others behind a point</td></tr>
 * <tr><td>any other</td><td>a pattern of {@link java.time.format.DateTimeFormatter}, in English, letters of either case.
 * Common parts are four-digit years {@code yyyy} or {@code uuuu}, {@code M MM MMM d dd H HH m mm s ss}, {@code S} up to nine
 * times, {@code XX XXX xx xxx Z}, and ASCII texts, each part once. Names of zones, {@code z} and {@code v}, are refused: one
 * name stands for several offsets</td></tr>
 * </table>
 *
 * <p>What is finer than a millisecond is cut off. Times before 1970 are unreadable: Kafka has no timestamp for them.
 */
public final class Timestamps {
    public static final long UNREADABLE = -1;

    private static final String ISO = "ISO_OFFSET_DATE_TIME";
    private static final String EPOCH_MILLIS = "epochMillis";
    private static final String EPOCH_SECONDS = "epochSeconds";
    private static final int MOST_DIGITS_OF_MILLIS = 15;
    private static final int MOST_DIGITS_OF_SECONDS = 12;

    private final Reader reader;

    @FunctionalInterface
    private interface Reader {
        long read(byte[] text, int from, int to);
    }

    private Timestamps(Reader reader) {
        this.reader = reader;
    }

    /**
     * A reader of a format.
     *
     * @param zone of times that do not say theirs
     * @throws IllegalArgumentException if the format is invalid; the message says why
     */
    public static Timestamps of(String format, ZoneId zone) {
        return new Timestamps(
                switch (format) {
                    case ISO -> civil(TimePattern.iso(), zone);
                    case EPOCH_MILLIS -> (text, from, to) -> epoch(text, from, to, MOST_DIGITS_OF_MILLIS, 1);
                    case EPOCH_SECONDS -> (text, from, to) -> epoch(text, from, to, MOST_DIGITS_OF_SECONDS, 1000);
                    default -> pattern(format, zone);
                });
    }

    private static Reader pattern(String format, ZoneId zone) {
        if (format.isEmpty()) {
            throw new IllegalArgumentException(FormatAdvice.ofNothing());
        }
        try {
            DateTimeFormatter _ = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FormatAdvice.ofNoPattern(format, e.getMessage()), e);
        }
        FormatAdvice.ofZoneNames(format).ifPresent(advice -> {
            throw new IllegalArgumentException(advice);
        });
        TimeFormatter formatter = new TimeFormatter(format, zone);
        return TimePattern.of(format).map(known -> civil(known, zone)).orElse(formatter::read);
    }

    /**
     * Whether a valid format reads the offset or the zone of each time in its text, or counts from a fixed instant, so that
     * no other zone is ever asked for.
     */
    public static boolean saysZone(String format) {
        return FormatAdvice.WORDS.contains(format) || FormatAdvice.alwaysReadsZone(format);
    }

    /** Milliseconds since 1970, or {@link #UNREADABLE}. */
    public long read(byte[] text, int from, int to) {
        return Math.max(reader.read(text, from, to), UNREADABLE);
    }

    private static Reader civil(TimePattern pattern, ZoneId zone) {
        TimeText place = new TimeText();
        CivilTime time = new CivilTime();
        LocalOffsets offsets = new LocalOffsets(zone);
        return (text, from, to) -> {
            place.set(text, from, to);
            if (!pattern.read(place, time) || !time.isValid()) {
                return UNREADABLE;
            }
            long local = time.localSeconds();
            int offset = time.offsetSeconds == CivilTime.NO_OFFSET ? offsets.at(local) : time.offsetSeconds;
            return offset == LocalOffsets.NONE ? UNREADABLE : 1000 * (local - offset) + time.millis;
        };
    }

    private static long epoch(byte[] text, int from, int to, int mostDigits, int unit) {
        long number = 0;
        int at = from;
        while (at < to && isDigit(text[at])) {
            number = 10 * number + text[at++] - '0';
            if (at - from > mostDigits) {
                return UNREADABLE;
            }
        }
        if (at == from) {
            return UNREADABLE;
        }
        number *= unit;
        if (unit > 1 && at + 1 < to && text[at] == '.') {
            at++;
            for (int digit = unit / 10; at < to && isDigit(text[at]); digit /= 10) {
                number += (long) digit * (text[at++] - '0');
            }
        }
        return at == to ? number : UNREADABLE;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
