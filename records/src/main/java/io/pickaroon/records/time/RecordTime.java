package io.pickaroon.records.time;

import io.pickaroon.records.Spelling;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the time of a record, under one of the {@link #NAMES} from the beginning of the record, or in a format from the text
 * that an expression has found in it. It belongs to one thread, and allocates nothing for a record, but for formats with parts that
 * are not common ones, see {@link Timestamps}.
 *
 * <table>
 * <caption>Names</caption>
 * <tr><td>{@code iso8601}</td><td>{@code 2026-11-29T08:05:30.12+01:00}; a space or an underscore for the T, a comma for the
 * point, no fraction, {@code +0100}, {@code +01}, {@code UTC}, {@code GMT}, or no zone</td></tr>
 * <tr><td>{@code syslog}</td><td>{@code Nov 29 08:05:30}, after {@code <34>}, too; or {@code <34>1} and a time of ISO 8601</td></tr>
 * <tr><td>{@code clf}</td><td>{@code [29/Nov/2026:08:05:30 +0100]} within the first KiB</td></tr>
 * <tr><td>{@code epoch}</td><td>nine or ten digits of seconds, also with a fraction; thirteen of milliseconds, sixteen of
 * microseconds, nineteen of nanoseconds</td></tr>
 * <tr><td>{@code log4j}</td><td>as {@code iso8601}, or {@code 29 Nov 2026 08:05:30,120}; also behind a level</td></tr>
 * <tr><td>{@code glog}</td><td>{@code I1129 08:05:30.123456}, or {@code I20261129 ..}</td></tr>
 * </table>
 *
 * <p>Spaces, and a bracket or a quotation mark, may stand before it. A time without a zone is one of the zone's clock: of a time
 * that the clock shows twice it is the earlier, and one that it skips is none. A time without a year is the last one of that date
 * that is not after what the caller knows.
 */
public final class RecordTime {
    /** The record has no time. */
    public static final long NONE = -1;

    /** What it knows by name. */
    public static final List<String> NAMES = List.of("iso8601", "syslog", "clf", "epoch", "log4j", "glog");

    /** Of a record no more than this is looked at. */
    public static final int LOOKED_AT_BYTES = 1024;

    private static final String EPOCH = "epoch";
    private static final KnownTime[] ALL = KnownTime.values();
    /** A 29 February comes again after at most so many years. */
    private static final int YEARS_TO_LEAP_DAY = 8;

    private static final long MOST_OFFSET_MILLIS = 18 * 3_600_000;

    private final Reader reader;
    private final boolean mayLackYear;
    private final LocalOffsets offsets;
    private final TimeText place = new TimeText();
    private final CivilTime time = new CivilTime();

    @FunctionalInterface
    private interface Reader {
        long read(byte[] text, int from, int to, long latestMillis);
    }

    private RecordTime(boolean mayLackYear, ZoneId zone, Function<RecordTime, Reader> reader) {
        this.offsets = new LocalOffsets(zone);
        this.mayLackYear = mayLackYear;
        this.reader = reader.apply(this);
    }

    /**
     * Times that go by a name.
     *
     * @param zone of times that do not say theirs
     * @throws IllegalArgumentException if it is none of the {@link #NAMES}; the message says what was meant
     */
    public static RecordTime named(String name, ZoneId zone) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("unknown time '" + name + "'; "
                    + Spelling.nearest(name, NAMES)
                            .map(meant -> "did you mean '" + meant + "'?")
                            .orElse("expected one of " + String.join(", ", NAMES)));
        }
        if (name.equals(EPOCH)) {
            return new RecordTime(false, zone, own -> (text, from, to, _) -> own.epoch(text, from, to, false));
        }
        KnownTime known = KnownTime.valueOf(name.toUpperCase(Locale.ROOT));
        return new RecordTime(
                known.mayLackYear(), zone, own -> (text, from, to, latest) -> own.named(known, text, from, to, latest));
    }

    /** Texts that are a time as one of the {@link #NAMES} has it, and nothing else. */
    public static RecordTime ofAnyName(ZoneId zone) {
        return new RecordTime(true, zone, own -> own::any);
    }

    /**
     * Texts that are a time in a format of {@link Timestamps}, and nothing else. A pattern of common parts may lack the year.
     *
     * @throws IllegalArgumentException if the format is invalid; the message says why
     */
    public static RecordTime ofFormat(String format, ZoneId zone) {
        Optional<TimePattern> yearless = TimePattern.withoutYear(format);
        if (yearless.isPresent()) {
            TimePattern pattern = yearless.get();
            return new RecordTime(
                    true, zone, own -> (text, from, to, latest) -> own.yearless(pattern, text, from, to, latest));
        }
        Timestamps timestamps = Timestamps.of(format, zone);
        return new RecordTime(false, zone, _ -> (text, from, to, _) -> timestamps.read(text, from, to));
    }

    /** True if a time may have no year, so that it depends on what is known of the latest. */
    public boolean mayLackYear() {
        return mayLackYear;
    }

    /**
     * The time of a record, or of the text in it.
     *
     * @param to exclusive end
     * @param latestMillis a time without a year is the last one that is not after this
     * @return milliseconds since 1970, or {@link #NONE}
     */
    public long read(byte[] text, int from, int to, long latestMillis) {
        return Math.max(NONE, reader.read(text, from, Math.min(to, from + LOOKED_AT_BYTES), latestMillis));
    }

    private long named(KnownTime known, byte[] text, int from, int to, long latestMillis) {
        place.set(text, from, to);
        time.clear();
        return known.find(place, time) ? millis(latestMillis) : NONE;
    }

    private long any(byte[] text, int from, int to, long latestMillis) {
        for (KnownTime known : ALL) {
            place.set(text, from, to);
            time.clear();
            if (known.readAll(place, time)) {
                return millis(latestMillis);
            }
        }
        return epoch(text, from, to, true);
    }

    private long yearless(TimePattern pattern, byte[] text, int from, int to, long latestMillis) {
        place.set(text, from, to);
        if (!pattern.read(place, time)) {
            return NONE;
        }
        time.year = KnownTime.NO_YEAR;
        return millis(latestMillis);
    }

    private long millis(long latestMillis) {
        if (time.year != KnownTime.NO_YEAR) {
            return millisOfYear();
        }
        int year = CivilTime.yearOf(latestMillis + MOST_OFFSET_MILLIS);
        for (int back = 0; back <= YEARS_TO_LEAP_DAY; back++) {
            time.year = year - back;
            // The zone is asked for its offset only where that may decide.
            boolean isLater = 1000 * time.localSeconds() - MOST_OFFSET_MILLIS > latestMillis;
            long millis = isLater ? NONE : millisOfYear();
            if (millis >= 0 && millis <= latestMillis) {
                return millis;
            }
        }
        return NONE;
    }

    private long millisOfYear() {
        if (!time.isValid()) {
            return NONE;
        }
        long local = time.localSeconds();
        int offset = time.offsetSeconds == CivilTime.NO_OFFSET ? offsets.at(local) : time.offsetSeconds;
        return offset == LocalOffsets.NONE ? NONE : 1000 * (local - offset) + time.millis;
    }

    private long epoch(byte[] text, int from, int to, boolean isAll) {
        place.set(text, from, to);
        if (!isAll) {
            KnownTime.skipOpening(place);
        }
        int digits = place.digits(20);
        long number = digits <= 19 ? place.digitsAsNumber(digits) : NONE;
        long millis = switch (digits) {
            case 9, 10 -> 1000 * number + fraction();
            case 13 -> number;
            case 16 -> number / 1000;
            case 19 -> number / 1_000_000;
            default -> NONE;
        };
        return (isAll ? place.isAtEnd() : place.isAtBoundary()) ? millis : NONE;
    }

    /** Milliseconds behind a point. */
    private int fraction() {
        int start = place.place();
        if (place.is('.') && place.thousandths(1, 9)) {
            return place.number;
        }
        place.goTo(start);
        return 0;
    }
}
