package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole numbers, sizes in bytes and durations, each within bounds. */
public final class Numbers {
    private static final String PER_SECOND = "/s";
    private static final String ONE_OF = "1/";
    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern SHARE = Pattern.compile(ONE_OF + POSITIVE);
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

    private Numbers() {}

    public static ScalarType<Integer> integer(int minimum, int maximum) {
        String expected = String.format(Locale.ROOT, "a whole number from %,d to %,d", minimum, maximum);
        return new ScalarType<>(expected, text -> {
            if (!WHOLE.matcher(text).matches()) {
                throw new Mismatch("expected " + expected + ", found " + Mismatch.quoted(text));
            }
            return (int) within(Long.parseLong(text), minimum, maximum, expected, text);
        });
    }

    /** A share such as {@code 1/100}: the number below the line. */
    public static ScalarType<Integer> oneIn(int maximum) {
        String expected = String.format(Locale.ROOT, "a share from 1/1 to 1/%d, such as 1/100", maximum);
        return new ScalarType<>(expected, text -> {
            if (!SHARE.matcher(text).matches()) {
                throw new Mismatch(
                        "expected " + expected + ", found " + Mismatch.quoted(text),
                        Optional.of("did you mean '1/" + text + "'?")
                                .filter(_ -> POSITIVE.matcher(text).matches()));
            }
            return (int) within(Long.parseLong(text.substring(ONE_OF.length())), 1, maximum, expected, text);
        });
    }

    /** How a number of bytes is written, in the largest unit that divides it. */
    public static String sizeText(long bytes) {
        return Unit.text(bytes, Unit.SIZES);
    }

    /** How a number of whole milliseconds is written, in the largest unit that divides it. */
    public static String durationText(Duration duration) {
        return Unit.text(duration.toMillis(), Unit.DURATIONS);
    }

    /** A size such as {@code 16MiB}, {@code 64KiB}, {@code 1MB} or a plain number of bytes. */
    public static ScalarType<Integer> size(int minimumBytes, int maximumBytes) {
        ScalarType<Long> size = longSize(minimumBytes, maximumBytes);
        return new ScalarType<>(
                size.expected(), text -> Math.toIntExact(size.parser().parse(text)));
    }

    /** Like the other one, for sizes that take more than 31 bits. */
    public static ScalarType<Long> longSize(long minimumBytes, long maximumBytes) {
        String expected =
                "a size from " + Unit.text(minimumBytes, Unit.SIZES) + " to " + Unit.text(maximumBytes, Unit.SIZES);
        return new ScalarType<>(
                expected,
                text -> within(
                        Unit.parse(text, Unit.SIZES, "B", expected), minimumBytes, maximumBytes, expected, text));
    }

    /** A size for each second, such as {@code 5MiB/s}, in bytes. */
    public static ScalarType<Long> rate(long minimumBytes, long maximumBytes) {
        String expected = "a rate from " + Unit.text(minimumBytes, Unit.SIZES) + "/s to "
                + Unit.text(maximumBytes, Unit.SIZES) + "/s";
        return new ScalarType<>(expected, text -> {
            if (!text.endsWith(PER_SECOND)) {
                Unit.parse(text, Unit.SIZES, "B", expected);
                throw new Mismatch(
                        "expected " + expected + ", found " + Mismatch.quoted(text) + " without '" + PER_SECOND + "'",
                        Optional.of("did you mean '" + text + PER_SECOND + "'?"));
            }
            String size = text.substring(0, text.length() - PER_SECOND.length());
            return within(Unit.parse(size, Unit.SIZES, "B", expected), minimumBytes, maximumBytes, expected, text);
        });
    }

    /** A duration such as {@code 200ms}, {@code 5s} or {@code 2m}. */
    public static ScalarType<Duration> duration(Duration minimum, Duration maximum) {
        String expected = "a duration from " + Unit.text(minimum.toMillis(), Unit.DURATIONS) + " to "
                + Unit.text(maximum.toMillis(), Unit.DURATIONS);
        return new ScalarType<>(expected, text -> {
            long millis = Unit.parse(text, Unit.DURATIONS, "", expected);
            return Duration.ofMillis(within(millis, minimum.toMillis(), maximum.toMillis(), expected, text));
        });
    }

    private static long within(long value, long minimum, long maximum, String expected, String text) throws Mismatch {
        if (value < minimum || value > maximum) {
            throw new Mismatch("expected " + expected + ", found " + Mismatch.quoted(text));
        }
        return value;
    }
}
