package io.pickaroon.records.time;

import io.pickaroon.records.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says what is wrong with the format of a time, and what can be written instead. Stateless. */
final class FormatAdvice {
    /** The formats that are words. */
    static final List<String> WORDS = List.of("ISO_OFFSET_DATE_TIME", "epochMillis", "epochSeconds");

    private static final String EXPECTED = "expected "
            + WORDS.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "))
            + " or a pattern of Java, such as 'yyyy-MM-dd HH:mm:ss'";

    /** Other names of times that the JDK's ISO_OFFSET_DATE_TIME reads. */
    private static final Set<String> NAMES_OF_ISO =
            Set.of("RFC3339", "RFC_3339", "ISO", "ISO8601", "ISO_8601", "ISO_INSTANT", "ISO_DATE_TIME");

    private FormatAdvice() {}

    /** What a format without a single character is. */
    static String ofNothing() {
        return "it is empty; " + EXPECTED;
    }

    /**
     * What to write in place of something that is no pattern.
     *
     * @param reason what the JDK says of it
     */
    static String ofNoPattern(String format, String reason) {
        Optional<String> meant =
                NAMES_OF_ISO.contains(format.toUpperCase(Locale.ROOT).replace('-', '_'))
                        ? Optional.of(WORDS.getFirst())
                        : Spelling.nearest(format, WORDS);
        return reason + "; " + meant.map(word -> "did you mean '" + word + "'?").orElse(EXPECTED);
    }

    /**
     * Names of zones, of which several offsets go by the same: the JDK takes the one that its zone of that name has on that
     * day, whatever the text says.
     */
    static Optional<String> ofZoneNames(String pattern) {
        Set<Character> letters = letters(pattern);
        return Stream.of('z', 'v')
                .filter(letters::contains)
                .findFirst()
                .map(letter -> "'" + letter + "' reads names of zones such as CET or EST, and a name does not say which"
                        + " offset is meant; write Z or XXX for offsets such as +0100 or +01:00, VV for zones such as"
                        + " Europe/Berlin, or, where all times have the same name, the name in quotes, as in 'UTC',"
                        + " with 'zone'");
    }

    /** Whether a pattern has an offset or a zone that no text can leave out. */
    static boolean alwaysReadsZone(String pattern) {
        return !pattern.contains("[") && hasOneOf(letters(pattern), "XxZOV");
    }

    /** What a pattern of which no whole time comes has not. */
    static String ofPart(String pattern) {
        Set<Character> letters = letters(pattern);
        List<String> missing = new ArrayList<>();
        if (!hasOneOf(letters, "uy")) {
            missing.add("year");
        }
        if (!hasOneOf(letters, "ML") && !letters.contains('D')) {
            missing.add("month");
        }
        if (!hasOneOf(letters, "dD")) {
            missing.add("day");
        }
        boolean isHalfDay = hasOneOf(letters, "hK");
        if (!hasOneOf(letters, "HkAnN") && !(isHalfDay && hasOneOf(letters, "aB"))) {
            missing.add("hour");
        }
        List<String> hints = new ArrayList<>();
        if (pattern.contains("%")) {
            hints.add("a pattern of Java has no '%', as in 'yyyy-MM-dd HH:mm:ss'");
        } else {
            if (missing.contains("year") && letters.contains('Y')) {
                hints.add("'Y' is the year of a week: write yyyy");
            }
            if (missing.contains("hour") && isHalfDay) {
                hints.add("'h' counts to 12 and needs 'a' for AM and PM: write HH for hours from 00 to 23");
            }
        }
        String what = missing.isEmpty() ? "it needs year, month, day and hour" : list(missing) + " missing";
        return "the pattern '" + pattern + "' does not give a whole time: "
                + Stream.concat(Stream.of(what), hints.stream()).collect(Collectors.joining("; "));
    }

    private static String list(List<String> parts) {
        String last = parts.getLast();
        return parts.size() == 1
                ? "the " + last + " is"
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + last + " are";
    }

    private static boolean hasOneOf(Set<Character> letters, String some) {
        return some.chars().anyMatch(letter -> letters.contains((char) letter));
    }

    /** The letters of a pattern that stand for something: those outside of quotes. */
    private static Set<Character> letters(String pattern) {
        String[] parts = pattern.split("'", -1);
        return IntStream.range(0, parts.length)
                .filter(part -> part % 2 == 0)
                .mapToObj(part -> parts[part])
                .flatMapToInt(String::chars)
                .filter(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
                .mapToObj(c -> (char) c)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
