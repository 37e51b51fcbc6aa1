package io.pickaroon.records.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps in which a text is read that a pattern describes, if all of the pattern's parts are common ones. Immutable. */
final class TimePattern {
    /** What a step reads; those that are digits cannot be told from digits that follow at once. */
    private enum Kind {
        LITERAL,
        YEAR,
        MONTH,
        MONTH_NAME,
        DAY,
        HOUR,
        MINUTE,
        SECOND,
        FRACTION,
        OFFSET,
        /** Seconds with a fraction, where they are there. */
        ISO_SECONDS,
        ISO_OFFSET
    }

    /**
     * One piece of a text.
     *
     * @param value the character of a literal; 1 for an offset that may be written as Z, else 0
     * @param fewest of digits
     * @param most of digits; of an offset, 1 for a colon in it
     */
    private record Step(Kind kind, int value, int fewest, int most) {
        boolean isDigits() {
            return switch (kind) {
                case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, FRACTION -> true;
                case LITERAL -> value >= '0' && value <= '9';
                default -> false;
            };
        }
    }

    private final Step[] steps;

    private TimePattern(List<Step> steps) {
        this.steps = steps.toArray(Step[]::new);
    }

    /** As ISO_OFFSET_DATE_TIME of the JDK, for years of four digits. */
    static TimePattern iso() {
        List<Step> steps = new ArrayList<>(read("uuuu-MM-dd'T'HH:mm").orElseThrow());
        steps.add(new Step(Kind.ISO_SECONDS, 0, 0, 0));
        steps.add(new Step(Kind.ISO_OFFSET, 1, 0, 0));
        return new TimePattern(steps);
    }

    /** The steps of a pattern that the JDK has accepted; empty if it has a part that is not known here. */
    static Optional<TimePattern> of(String pattern) {
        return read(pattern).map(TimePattern::new);
    }

    /** The steps of a pattern of known parts with month, day and hour, but without a year; empty for any other text. */
    static Optional<TimePattern> withoutYear(String pattern) {
        boolean hasOpenQuote = pattern.chars().filter(c -> c == '\'').count() % 2 == 1;
        return (hasOpenQuote ? Optional.<List<Step>>empty() : read(pattern))
                .filter(steps -> has(steps, Kind.MONTH) || has(steps, Kind.MONTH_NAME))
                .filter(steps -> has(steps, Kind.DAY) && has(steps, Kind.HOUR) && !has(steps, Kind.YEAR))
                .map(TimePattern::new);
    }

    private static boolean has(List<Step> steps, Kind kind) {
        return steps.stream().anyMatch(step -> step.kind == kind);
    }

    private static Optional<List<Step>> read(String pattern) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int end = at + 1;
            if (c == '\'') {
                end = quoted(pattern, at, steps);
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                Step step = step(c, end - at);
                if (step == null) {
                    return Optional.empty();
                }
                steps.add(step);
            } else if (c == '[' || c == ']') {
                return Optional.empty();
            } else {
                steps.add(literal(c));
            }
            at = end;
        }
        return isClear(steps) ? Optional.of(steps) : Optional.empty();
    }

    /** Adds what stands in quotes, or one quote for two of them; returns where it ends. */
    private static int quoted(String pattern, int from, List<Step> steps) {
        int close = from + 1;
        while (pattern.charAt(close) != '\'' || pattern.startsWith("''", close)) {
            close += pattern.charAt(close) == '\'' ? 2 : 1;
        }
        String text = pattern.substring(from + 1, close).replace("''", "'");
        (text.isEmpty() ? "'" : text).chars().forEach(c -> steps.add(literal((char) c)));
        return close + 1;
    }

    private static Step literal(char character) {
        return new Step(Kind.LITERAL, character, 0, 0);
    }

    private static Step step(char letter, int count) {
        return switch (letter) {
            case 'u', 'y' -> count == 4 ? new Step(Kind.YEAR, 0, 4, 4) : null;
            case 'M' -> count == 3 ? new Step(Kind.MONTH_NAME, 0, 0, 0) : upToTwo(Kind.MONTH, count);
            case 'd' -> upToTwo(Kind.DAY, count);
            case 'H' -> upToTwo(Kind.HOUR, count);
            case 'm' -> upToTwo(Kind.MINUTE, count);
            case 's' -> upToTwo(Kind.SECOND, count);
            case 'S' -> count <= 9 ? new Step(Kind.FRACTION, 0, count, count) : null;
            case 'X' -> count == 2 || count == 3 ? new Step(Kind.OFFSET, 1, 0, count - 2) : null;
            case 'x' -> count == 2 || count == 3 ? new Step(Kind.OFFSET, 0, 0, count - 2) : null;
            case 'Z' -> count <= 3 ? new Step(Kind.OFFSET, 0, 0, 0) : null;
            default -> null;
        };
    }

    private static Step upToTwo(Kind kind, int count) {
        return count <= 2 ? new Step(kind, 0, count, 2) : null;
    }

    /** Whether each text can be read in one way, from left to right, and no part is there twice. */
    private static boolean isClear(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean varies = step.kind != Kind.LITERAL && step.fewest < step.most && step.kind != Kind.OFFSET;
            if (varies && i + 1 < steps.size() && steps.get(i + 1).isDigits()) {
                return false;
            }
            if (step.kind == Kind.LITERAL && step.value > 0x7F) {
                return false;
            }
        }
        List<Kind> parts = steps.stream()
                .map(step -> step.kind == Kind.MONTH_NAME ? Kind.MONTH : step.kind)
                .filter(kind -> kind != Kind.LITERAL)
                .toList();
        return parts.stream().distinct().count() == parts.size();
    }

    /** Reads a text to its end; whether there is such a time is another question. */
    boolean read(TimeText text, CivilTime into) {
        into.clear();
        for (Step step : steps) {
            if (!read(step, text, into)) {
                return false;
            }
        }
        return text.isAtEnd();
    }

    private static boolean read(Step step, TimeText text, CivilTime into) {
        boolean there = switch (step.kind) {
            case LITERAL -> text.is(step.value);
            case FRACTION -> text.thousandths(step.fewest, step.most);
            case MONTH_NAME -> text.month();
            case ISO_SECONDS -> !text.is(':') || isoSeconds(text, into);
            case OFFSET, ISO_OFFSET -> offset(step, text, into);
            default -> text.number(step.fewest, step.most);
        };
        if (there) {
            set(step.kind, text.number, into);
        }
        return there;
    }

    private static boolean isoSeconds(TimeText text, CivilTime into) {
        if (!text.number(2, 2)) {
            return false;
        }
        into.second = text.number;
        if (text.is('.')) {
            text.thousandths(0, 9);
            into.millis = text.number;
        }
        return true;
    }

    private static boolean offset(Step step, TimeText text, CivilTime into) {
        into.offsetSeconds = 0;
        if (step.value == 1 && text.is('Z')) {
            return true;
        }
        boolean there = step.kind == Kind.ISO_OFFSET ? text.isoOffset() : text.offset(step.most == 1);
        into.offsetSeconds = text.number;
        return there;
    }

    private static void set(Kind kind, int number, CivilTime into) {
        switch (kind) {
            case YEAR -> into.year = number;
            case MONTH, MONTH_NAME -> into.month = number;
            case DAY -> into.day = number;
            case HOUR -> into.hour = number;
            case MINUTE -> into.minute = number;
            case SECOND -> into.second = number;
            case FRACTION -> into.millis = number;
            case LITERAL, OFFSET, ISO_SECONDS, ISO_OFFSET -> {}
        }
    }
}
