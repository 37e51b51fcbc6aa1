package io.pickaroon.processor.container;

import io.pickaroon.processor.file.StreamPlaces;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of Docker's driver json-file: an object with the texts {@code log}, {@code stream} and {@code time}; others are passed
 * over. A {@code log} that ends with a line feed is the last line of its message. One that is missing is empty.
 */
final class DockerLine implements LineSyntax {
    private static final byte[] LOG = ascii("log");
    private static final byte[] STREAM = ascii("stream");
    private static final byte[] TIME = ascii("time");
    private static final byte[] STDOUT = ascii("stdout");
    private static final byte[] STDERR = ascii("stderr");
    private static final int HEX_DIGITS = 4;
    private static final int REPLACEMENT = 0xfffd;

    @Override
    public boolean parse(byte[] bytes, int from, int to, LineParts parts) {
        parts.stream = -1;
        parts.timeStart = from;
        parts.timeEnd = from;
        noText(parts, from);
        int at = space(bytes, from, to);
        if (!is('{', bytes, at, to)) {
            return false;
        }
        do {
            int name = space(bytes, at + 1, to);
            int nameEnd = stringEnd(bytes, name, to);
            int colon = nameEnd < 0 ? to : space(bytes, nameEnd + 1, to);
            if (!is(':', bytes, colon, to)) {
                return false;
            }
            int value = space(bytes, colon + 1, to);
            int valueEnd = valueEnd(bytes, value, to);
            if (valueEnd < 0 || !take(bytes, name + 1, nameEnd, value, valueEnd, parts)) {
                return false;
            }
            at = space(bytes, valueEnd, to);
        } while (is(',', bytes, at, to));
        return is('}', bytes, at, to) && space(bytes, at + 1, to) == to && parts.stream >= 0;
    }

    /** Takes note of a member; false if it is not what it should be. */
    private static boolean take(byte[] bytes, int name, int nameEnd, int value, int valueEnd, LineParts parts) {
        boolean isText = bytes[value] == '"';
        if (equal(LOG, bytes, name, nameEnd)) {
            return isText && text(bytes, value + 1, valueEnd - 1, parts);
        } else if (equal(STREAM, bytes, name, nameEnd)) {
            boolean isOut = isText && equal(STDOUT, bytes, value + 1, valueEnd - 1);
            boolean isErr = isText && equal(STDERR, bytes, value + 1, valueEnd - 1);
            parts.stream = isOut ? StreamPlaces.STDOUT : StreamPlaces.STDERR;
            return isOut || isErr;
        } else if (isText && equal(TIME, bytes, name, nameEnd)) {
            parts.timeStart = value + 1;
            parts.timeEnd = valueEnd - 1;
        }
        return true;
    }

    private static void noText(LineParts parts, int at) {
        parts.endsMessage = false;
        parts.textStart = at;
        parts.textEnd = at;
        parts.textLength = 0;
        parts.returnBytes = 0;
    }

    /** Measures a text between its quotation marks; false if it has an escape that is none. */
    private static boolean text(byte[] bytes, int start, int end, LineParts parts) {
        int length = 0;
        // The characters before the last one, and it.
        int before = 0;
        int beforeAt = start;
        int last = 0;
        int lastAt = start;
        for (int at = start; at < end; ) {
            before = last;
            beforeAt = lastAt;
            lastAt = at;
            if (bytes[at] != '\\') {
                last = bytes[at];
                at++;
                length++;
            } else {
                long escape = escape(bytes, at, end);
                if (escape < 0) {
                    return false;
                }
                last = (int) escape;
                at = (int) (escape >>> 32);
                length += utf8Bytes(last);
            }
        }
        parts.textStart = start;
        parts.textEnd = end;
        parts.textLength = length;
        parts.endsMessage = length > 0 && last == '\n';
        parts.returnBytes = 0;
        if (parts.endsMessage) {
            parts.textEnd = lastAt;
            parts.textLength--;
            parts.returnBytes = length > 1 && before == '\r' ? lastAt - beforeAt : 0;
        }
        return true;
    }

    @Override
    public int copyText(byte[] bytes, int from, int to, byte[] target, int at, int most) {
        int length = 0;
        for (int next = from; next < to; ) {
            if (bytes[next] != '\\') {
                if (length == most) {
                    return length;
                }
                target[at + length++] = bytes[next++];
            } else {
                long escape = escape(bytes, next, to);
                int character = (int) escape;
                int needed = utf8Bytes(character);
                if (length + needed > most) {
                    return length;
                }
                encode(character, needed, target, at + length);
                length += needed;
                next = (int) (escape >>> 32);
            }
        }
        return length;
    }

    /** The character that an escape stands for, and above it the index behind; negative if it is none. */
    private static long escape(byte[] bytes, int at, int end) {
        int character = switch (at + 1 < end ? bytes[at + 1] : 0) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> -1;
        };
        if (character >= 0) {
            return (long) (at + 2) << 32 | character;
        }
        int unit = codeUnit(bytes, at, end);
        int next = at + 2 + HEX_DIGITS;
        if (unit < 0) {
            return -1;
        }
        if (!Character.isSurrogate((char) unit)) {
            return (long) next << 32 | unit;
        }
        int low = Character.isHighSurrogate((char) unit) ? codeUnit(bytes, next, end) : -1;
        boolean isPair = low >= 0 && Character.isLowSurrogate((char) low);
        return isPair
                ? (long) (next + 2 + HEX_DIGITS) << 32 | Character.toCodePoint((char) unit, (char) low)
                : (long) next << 32 | REPLACEMENT;
    }

    /** What a backslash, a u and four hexadecimal digits stand for; -1 if they are not there. */
    private static int codeUnit(byte[] bytes, int at, int end) {
        if (at + 2 + HEX_DIGITS > end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 2 + HEX_DIGITS; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = 16 * unit + digit;
        }
        return unit;
    }

    private static int utf8Bytes(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }

    private static void encode(int character, int length, byte[] target, int at) {
        if (length == 1) {
            target[at] = (byte) character;
            return;
        }
        int left = character;
        for (int i = length - 1; i > 0; i--) {
            target[at + i] = (byte) (0x80 | left & 0x3f);
            left >>= 6;
        }
        target[at] = (byte) (0xf0 << (4 - length) | left);
    }

    /** Index behind a value, of which only texts are looked into; negative if there is none. */
    private static int valueEnd(byte[] bytes, int from, int to) {
        int depth = 0;
        int at = from;
        while (at < to) {
            byte next = bytes[at];
            if (next == '"') {
                int end = stringEnd(bytes, at, to);
                if (end < 0) {
                    return -1;
                }
                at = end + 1;
            } else if (next == '{' || next == '[') {
                depth++;
                at++;
            } else if (depth > 0) {
                depth -= next == '}' || next == ']' ? 1 : 0;
                at++;
            } else if (next == ',' || next == '}' || next == ' ') {
                break;
            } else {
                at++;
                continue;
            }
            if (depth == 0) {
                return at;
            }
        }
        return depth == 0 && at > from ? at : -1;
    }

    /** Index of the quotation mark that ends a text; negative if none begins or ends. */
    private static int stringEnd(byte[] bytes, int from, int to) {
        if (!is('"', bytes, from, to)) {
            return -1;
        }
        for (int at = from + 1; at < to; at++) {
            if (bytes[at] == '"') {
                return at;
            }
            at += bytes[at] == '\\' ? 1 : 0;
        }
        return -1;
    }

    private static int space(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static boolean is(char expected, byte[] bytes, int at, int to) {
        return at < to && bytes[at] == expected;
    }

    private static boolean equal(byte[] text, byte[] bytes, int from, int to) {
        return Arrays.equals(text, 0, text.length, bytes, from, to);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
