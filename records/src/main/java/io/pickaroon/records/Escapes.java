package io.pickaroon.records;

/** Decodes the escapes of a quoted text: those of JSON, and a backslash before anything else stands for itself. Stateless. */
final class Escapes {
    private static final int HEX_DIGITS = 4;

    private Escapes() {}

    /** @param to exclusive end, before the closing quote */
    static void decode(byte[] text, int from, int to, ByteBuilder into) {
        int at = from;
        while (at < to) {
            int next = at;
            while (next < to && text[next] != '\\') {
                next++;
            }
            into.append(text, at, next);
            at = next < to ? escape(text, next, to, into) : to;
        }
    }

    /** Decodes the escape that begins at an index; returns where it ends. */
    private static int escape(byte[] text, int at, int to, ByteBuilder into) {
        int letter = at + 1 < to ? text[at + 1] : -1;
        int decoded = switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit(text, at, to);
            default -> -1;
        };
        if (decoded < 0) {
            into.append((byte) '\\');
            return at + 1;
        }
        if (letter != 'u') {
            into.append((byte) decoded);
            return at + 2;
        }
        int end = at + 2 + HEX_DIGITS;
        if (Character.isHighSurrogate((char) decoded)) {
            int low = codeUnit(text, end, to);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                into.appendCodePoint(Character.toCodePoint((char) decoded, (char) low));
                return end + 2 + HEX_DIGITS;
            }
        }
        into.appendCodePoint(decoded);
        return end;
    }

    /** What a backslash, a u and four hexadecimal digits at an index stand for; -1 if they are not there. */
    private static int codeUnit(byte[] text, int at, int to) {
        if (at + 2 + HEX_DIGITS > to || text[at] != '\\' || text[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = hexDigit(text[at + 2 + i]);
            if (digit < 0) {
                return -1;
            }
            unit = 16 * unit + digit;
        }
        return unit;
    }

    private static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
