package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a number may be followed by.
 *
 * @param factor how many of the smallest unit it is
 */
record Unit(String name, long factor) {
    static final List<Unit> SIZES = List.of(
            new Unit("GiB", 1L << 30),
            new Unit("MiB", 1L << 20),
            new Unit("KiB", 1L << 10),
            new Unit("GB", 1_000_000_000),
            new Unit("MB", 1_000_000),
            new Unit("KB", 1_000),
            new Unit("kB", 1_000),
            new Unit("B", 1));
    static final List<Unit> DURATIONS = List.of(
            new Unit("d", 86_400_000),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1_000),
            new Unit("ms", 1));

    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]{0,10})");

    /**
     * How many of the smallest unit a text such as {@code 16MiB} stands for; {@link Long#MAX_VALUE} when there are more.
     *
     * @param unitless the unit of a number without one; empty when it needs one
     */
    static long parse(String text, List<Unit> units, String unitless, String expected) throws Mismatch {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            throw new Mismatch("expected " + expected + ", found " + Mismatch.quoted(text));
        }
        String number = quantity.group(1);
        String name = quantity.group(2).isEmpty() ? unitless : quantity.group(2);
        for (Unit unit : units) {
            if (unit.name.equals(name)) {
                long value = Long.parseLong(number);
                return value > Long.MAX_VALUE / unit.factor ? Long.MAX_VALUE : value * unit.factor;
            }
        }
        throw new Mismatch(
                "expected " + expected + ", found " + Mismatch.quoted(text)
                        + (name.isEmpty() ? " without a unit" : " with an unknown unit"),
                meant(name, units)
                        .map(unit -> "did you mean '" + number + unit + "'?")
                        .or(() -> Optional.of("units are " + Section.list(names(units)))));
    }

    /** The value in the largest unit that divides it. */
    static String text(long value, List<Unit> units) {
        return units.stream()
                .filter(unit -> value >= unit.factor && value % unit.factor == 0)
                .findFirst()
                .map(unit -> value / unit.factor + unit.name)
                .orElse(value + units.getLast().name);
    }

    private static Optional<String> meant(String word, List<Unit> units) {
        String lowerCase = word.toLowerCase(Locale.ROOT);
        Optional<String> otherCase =
                names(units).stream().filter(word::equalsIgnoreCase).findFirst();
        return otherCase.or(() -> names(units).stream()
                .filter(name -> !word.isEmpty())
                .filter(name -> lowerCase.startsWith(name.toLowerCase(Locale.ROOT))
                        || name.toLowerCase(Locale.ROOT).startsWith(lowerCase))
                .max(Comparator.comparingInt(name -> sharedPrefix(name, lowerCase))));
    }

    private static int sharedPrefix(String name, String lowerCase) {
        return Math.min(name.length(), lowerCase.length());
    }

    private static List<String> names(List<Unit> units) {
        return units.stream().map(Unit::name).toList();
    }
}
