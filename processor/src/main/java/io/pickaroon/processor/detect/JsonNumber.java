package io.pickaroon.processor.detect;

/**
 * Numbers of JSON, which the characters of masks would make something else of. What takes the place of one is a number of JSON, too,
 * as long as it: {@code 0}, {@code 0} and a space, {@code 0.0}, {@code 0.00} and so on, with as many of its last digits as stay.
 */
final class JsonNumber {
    private JsonNumber() {}

    /** Where the number of JSON ends that begins here (RFC 8259), or -1. A fraction or an exponent without digits belongs to none. */
    static int end(byte[] bytes, int from, int end) {
        int at = from < end && bytes[from] == '-' ? from + 1 : from;
        int to = afterDigits(bytes, at, end);
        if (to == at || bytes[at] == '0' && to > at + 1) {
            return -1;
        }
        if (to < end && bytes[to] == '.') {
            int fraction = to + 1;
            to = afterDigits(bytes, fraction, end);
            if (to == fraction) {
                return -1;
            }
        }
        if (to < end && (bytes[to] == 'e' || bytes[to] == 'E')) {
            int exponent = to + 1 < end && (bytes[to + 1] == '+' || bytes[to + 1] == '-') ? to + 2 : to + 1;
            to = afterDigits(bytes, exponent, end);
            if (to == exponent) {
                return -1;
            }
        }
        return to;
    }

    /** True if what stands behind a number can do so in JSON, also where that is the text of a JSON string. */
    static boolean endsAt(byte[] bytes, int at, int end) {
        int to = afterSpaces(bytes, at, end);
        return to == end || ",}]\\".indexOf(bytes[to]) >= 0;
    }

    /**
     * True if digits stand where JSON has a number: behind a name in quotes, or in an array behind a bracket or a comma. Texts have
     * brackets and commas, too, so those count only behind {@link #startOfJson}.
     */
    static boolean isAt(byte[] bytes, int start, int from, int to, int end, int startOfJson) {
        int before = lastBefore(bytes, start, from);
        boolean isElement = before >= startOfJson && (bytes[before] == ',' || bytes[before] == '[');
        return (isElement || isBehindName(bytes, start, before)) && endsAt(bytes, to, end);
    }

    /** Where a record begins to be JSON: where an object begins that has names, or the record, if it is an array; else its end. */
    static int startOfJson(byte[] bytes, int start, int end) {
        int first = afterSpaces(bytes, start, end);
        if (first < end && bytes[first] == '[' && bytes[lastBefore(bytes, start, end)] == ']') {
            return first;
        }
        for (int at = first; at < end; at++) {
            if (bytes[at] == '{') {
                int name = afterSpaces(bytes, at + 1, end);
                while (name < end && bytes[name] == '\\') {
                    name++;
                }
                if (name < end && bytes[name] == '"') {
                    return at;
                }
                at = name - 1;
            }
        }
        return end;
    }

    /** Adds a number and hides it as a whole, unless it is what masks make of one. */
    static void hide(byte[] bytes, int start, int end, Places found) {
        if (!isZero(bytes, start, end)) {
            found.add(start, end);
            hideAllBut(0, start, end, found);
        }
    }

    /** True for zeros, with dots, which are left of numbers that are hidden. */
    static boolean isZero(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] != '0' && bytes[i] != '.') {
                return false;
            }
        }
        return true;
    }

    /** Hides the number that was added last but for some digits at its end: at least two others are hidden. */
    static void hideAllBut(int last, int start, int end, Places found) {
        int length = end - start;
        found.hide(start, start + 1, '0');
        if (length == 2) {
            found.hide(start + 1, end, ' ');
        } else if (length > 2) {
            found.hide(start + 1, start + 2, '.');
            found.hide(start + 2, end - last, '0');
        }
    }

    private static int afterDigits(byte[] bytes, int from, int end) {
        int to = from;
        while (to < end && Ascii.isDigit(bytes[to])) {
            to++;
        }
        return to;
    }

    private static boolean isBehindName(byte[] bytes, int start, int colon) {
        int quote = colon >= start && bytes[colon] == ':' ? lastBefore(bytes, start, colon) : start - 1;
        return quote >= start && bytes[quote] == '"';
    }

    private static int afterSpaces(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && Ascii.isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The last byte that is no space, or the one before the start. */
    private static int lastBefore(byte[] bytes, int start, int at) {
        int before = at - 1;
        while (before >= start && Ascii.isSpace(bytes[before])) {
            before--;
        }
        return before;
    }
}
