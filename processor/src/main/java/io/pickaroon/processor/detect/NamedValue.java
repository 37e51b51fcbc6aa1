package io.pickaroon.processor.detect;

/**
 * The value behind a name: as a parameter ({@code name=value}, {@code name: value}), quoted, or in JSON, also where that is the
 * text of a JSON string and its quotes have backslashes. Used by one thread at a time.
 */
final class NamedValue {
    private static final String[] WORDS = {"null", "true", "false", "none", "nil", "undefined"};

    private int start;
    private int end;
    private boolean isNumber;

    /** Where the value begins that was read last. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** True for a number of JSON. */
    boolean isNumber() {
        return isNumber;
    }

    /**
     * Reads the value of a name. Returns false if there is none, or if it is a word as {@code null}.
     *
     * @param at behind the name
     * @param spaceSuffices whether a space may stand between both, and nothing else
     */
    boolean read(byte[] bytes, int at, int recordEnd, boolean spaceSuffices) {
        isNumber = false;
        int quote = afterBackslashes(bytes, at, recordEnd);
        boolean isQuotedName = quote < recordEnd && (bytes[quote] == '"' || quote == at && bytes[quote] == '\'');
        if (!isQuotedName && quote > at) {
            return false;
        }
        int name = isQuotedName ? quote + 1 : at;
        int value = startOfValue(bytes, name, recordEnd, isQuotedName, spaceSuffices);
        return value >= 0 && value < recordEnd && readAt(bytes, value, recordEnd, isQuotedName) && start < end;
    }

    private static int startOfValue(
            byte[] bytes, int name, int recordEnd, boolean isQuotedName, boolean spaceSuffices) {
        int at = afterSpaces(bytes, name, recordEnd, isQuotedName);
        if (at == recordEnd) {
            return -1;
        }
        byte separator = bytes[at];
        if (separator != '=' && separator != ':') {
            return spaceSuffices && at > name ? at : -1;
        }
        int behind = at + 1;
        byte second = behind < recordEnd ? bytes[behind] : 0;
        if (separator == '=' && second == '=') {
            return -1;
        }
        if (separator == '=' ? second == '>' : second == '=') {
            behind++;
        }
        boolean maySpace = separator == ':' || isQuotedName || at > name;
        int value = maySpace ? afterSpaces(bytes, behind, recordEnd, isQuotedName) : behind;
        boolean isUrl = separator == ':'
                && value == behind
                && value + 1 < recordEnd
                && bytes[value] == '/'
                && bytes[value + 1] == '/';
        return isUrl ? -1 : value;
    }

    private boolean readAt(byte[] bytes, int value, int recordEnd, boolean isQuotedName) {
        int quote = afterBackslashes(bytes, value, recordEnd);
        boolean isQuote = quote < recordEnd && (bytes[quote] == '"' || quote == value && bytes[quote] == '\'');
        if (isQuote) {
            start = quote + 1;
            end = endOfQuoted(bytes, start, recordEnd, bytes[quote], quote - value);
            return true;
        }
        start = value;
        if (isQuotedName && (bytes[value] == '{' || bytes[value] == '[')) {
            return false;
        }
        if (isQuotedName) {
            end = JsonNumber.end(bytes, value, recordEnd);
            isNumber = end >= 0 && JsonNumber.endsAt(bytes, end, recordEnd);
            if (isNumber) {
                return true;
            }
        }
        end = endOfUnquoted(bytes, value, recordEnd);
        return !isWord(bytes);
    }

    private boolean isWord(byte[] bytes) {
        for (String word : WORDS) {
            if (end - start == word.length() && Ascii.startsWithInAnyCase(bytes, start, end, Ascii.bytes(word))) {
                return true;
            }
        }
        return false;
    }

    private static int afterBackslashes(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] == '\\') {
            at++;
        }
        return at;
    }

    private static int afterSpaces(byte[] bytes, int from, int end, boolean linesToo) {
        int at = from;
        while (at < end && (linesToo ? Ascii.isSpace(bytes[at]) : bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    /**
     * Where a quoted text ends, without what stands before its quote.
     *
     * @param backslashes how many stand before the quote that begins it: none, or 1 in a JSON string, or 3 in one in that
     */
    private static int endOfQuoted(byte[] bytes, int from, int end, byte quote, int backslashes) {
        int run = 0;
        for (int at = from; at < end; at++) {
            if (bytes[at] == '\\') {
                run++;
                continue;
            }
            if (bytes[at] == '\n') {
                return at;
            }
            if (bytes[at] == quote) {
                if (run < backslashes) {
                    return at - run;
                }
                if ((run - backslashes) / (backslashes + 1) % 2 == 0) {
                    return at - backslashes;
                }
            }
            run = 0;
        }
        return end;
    }

    private static int endOfUnquoted(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            byte b = bytes[at];
            if (Ascii.isSpace(b) || "&\"<>`".indexOf(b) >= 0) {
                return at;
            }
            if (b == '\\' && at + 1 < end) {
                if (bytes[at + 1] != '\\' && "\"nrtbfu/".indexOf(bytes[at + 1]) >= 0) {
                    return at;
                }
                at++;
            } else if (",;|".indexOf(b) >= 0 && endsBefore(bytes, at + 1, end)
                    || ")]}'".indexOf(b) >= 0 && closesBefore(bytes, at + 1, end)) {
                return at;
            }
            at++;
        }
        return Math.min(at, end);
    }

    /** True if what follows a comma is no more of the value: nothing, or another name with a value. */
    private static boolean endsBefore(byte[] bytes, int from, int end) {
        if (from == end || Ascii.isSpace(bytes[from]) || "\"'\\".indexOf(bytes[from]) >= 0) {
            return true;
        }
        int at = from;
        while (at < end && (Ascii.isWord(bytes[at]) || bytes[at] == '.' || bytes[at] == '-')) {
            at++;
        }
        return at > from && at < end && (bytes[at] == '=' || bytes[at] == ':');
    }

    private static boolean closesBefore(byte[] bytes, int at, int end) {
        return at == end || Ascii.isSpace(bytes[at]) || ",;|)]}'\"\\".indexOf(bytes[at]) >= 0;
    }
}
