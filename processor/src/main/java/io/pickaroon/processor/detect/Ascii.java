package io.pickaroon.processor.detect;

import java.nio.charset.StandardCharsets;

/** Kinds of bytes, and texts in bytes. Bytes of characters outside ASCII are of no kind. */
final class Ascii {
    private static final int DIGIT = 1;
    private static final int UPPER = 2;
    private static final int LOWER = 4;
    private static final int HEX = 8;
    private static final int BASE64 = 16;
    private static final int BASE64URL = 32;
    private static final int SPACE = 64;
    private static final byte[] KINDS = kinds();

    private Ascii() {}

    static boolean isDigit(byte b) {
        return (KINDS[b & 0xff] & DIGIT) != 0;
    }

    static boolean isUpper(byte b) {
        return (KINDS[b & 0xff] & UPPER) != 0;
    }

    static boolean isLetter(byte b) {
        return (KINDS[b & 0xff] & (UPPER | LOWER)) != 0;
    }

    static boolean isAlnum(byte b) {
        return (KINDS[b & 0xff] & (DIGIT | UPPER | LOWER)) != 0;
    }

    /** A letter, a digit or an underscore. */
    static boolean isWord(byte b) {
        return isAlnum(b) || b == '_';
    }

    static boolean isHex(byte b) {
        return (KINDS[b & 0xff] & HEX) != 0;
    }

    /** Of base64, but for what fills it up. */
    static boolean isBase64(byte b) {
        return (KINDS[b & 0xff] & BASE64) != 0;
    }

    static boolean isBase64Url(byte b) {
        return (KINDS[b & 0xff] & BASE64URL) != 0;
    }

    /** A space, or what ends a line or stands for several spaces. */
    static boolean isSpace(byte b) {
        return (KINDS[b & 0xff] & SPACE) != 0;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean startsWith(byte[] bytes, int at, int end, byte[] text) {
        if (end - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** @param lower in small letters */
    static boolean startsWithInAnyCase(byte[] bytes, int at, int end, byte[] lower) {
        if (end - at < lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[at + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    static int lower(byte b) {
        return isUpper(b) ? b | 0x20 : b;
    }

    static int indexOf(byte[] bytes, int from, int end, byte[] text) {
        byte first = text[0];
        for (int i = from; i <= end - text.length; i++) {
            if (bytes[i] == first && startsWith(bytes, i, end, text)) {
                return i;
            }
        }
        return -1;
    }

    static int indexOfInAnyCase(byte[] bytes, int from, int end, byte[] lower) {
        int first = lower[0];
        for (int i = from; i <= end - lower.length; i++) {
            if ((bytes[i] | 0x20) == first && startsWithInAnyCase(bytes, i, end, lower)) {
                return i;
            }
        }
        return -1;
    }

    /** True if nothing is left to hide: every byte is the same one that masks are made of, or ends a line. */
    static boolean isMasked(byte[] bytes, int start, int end) {
        byte mask = 0;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                continue;
            }
            if (mask == 0 && (b == '*' || b == '#' || (b == 'x' || b == 'X') && end - start > 2)) {
                mask = b;
            }
            if (b != mask) {
                return false;
            }
        }
        return true;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int b = 0; b < 128; b++) {
            boolean digit = b >= '0' && b <= '9';
            boolean upper = b >= 'A' && b <= 'Z';
            boolean lower = b >= 'a' && b <= 'z';
            boolean alnum = digit || upper || lower;
            kinds[b] = (byte) ((digit ? DIGIT : 0)
                    | (upper ? UPPER : 0)
                    | (lower ? LOWER : 0)
                    | (digit || (b | 0x20) >= 'a' && (b | 0x20) <= 'f' && alnum ? HEX : 0)
                    | (alnum || b == '+' || b == '/' ? BASE64 : 0)
                    | (alnum || b == '-' || b == '_' ? BASE64URL : 0)
                    | (b == ' ' || b >= '\t' && b <= '\r' ? SPACE : 0));
        }
        return kinds;
    }
}
