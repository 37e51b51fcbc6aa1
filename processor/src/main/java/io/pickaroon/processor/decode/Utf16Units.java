package io.pickaroon.processor.decode;

/**
 * Code units of UTF-16 in either byte order, and what they are in UTF-8. A surrogate without its other half becomes U+FFFD.
 * Nothing is remembered from one stretch to the next: a stretch begins and ends where characters do.
 */
record Utf16Units(boolean isLittle) {
    /** Bytes in UTF-8 that two bytes of code units become, at most. */
    private static final int MOST_BYTES_OF_UNIT = 3;

    private static final int REPLACEMENT = 0xfffd;

    /** Bytes in UTF-8 that this many bytes of code units become, at most. */
    static int mostDecoded(int lengthBytes) {
        return lengthBytes / 2 * MOST_BYTES_OF_UNIT;
    }

    /**
     * Number of these bytes that are whole characters: the last character may still lack a byte, or the other half of a
     * pair.
     */
    int complete(byte[] units, int lengthBytes) {
        int complete = lengthBytes & ~1;
        return complete > 0 && Character.isHighSurrogate(unit(units, complete - 2)) ? complete - 2 : complete;
    }

    private char unit(byte[] units, int index) {
        int low = units[isLittle ? index : index + 1] & 0xff;
        int high = units[isLittle ? index + 1 : index] & 0xff;
        return (char) (high << 8 | low);
    }

    private boolean isPair(char unit, byte[] units, int index, int lengthBytes) {
        return Character.isHighSurrogate(unit)
                && index + 2 < lengthBytes
                && Character.isLowSurrogate(unit(units, index + 2));
    }

    /**
     * Decodes whole characters.
     *
     * @param lengthBytes as {@link #complete} returns it; a high surrogate at the end has no other half
     * @param utf8 has room for {@link #mostDecoded} bytes
     * @return how many bytes it has then
     */
    int decode(byte[] units, int lengthBytes, byte[] utf8) {
        int end = 0;
        for (int i = 0; i < lengthBytes; i += 2) {
            char unit = unit(units, i);
            if (unit < 0x80) {
                utf8[end++] = (byte) unit;
            } else if (unit < 0x800) {
                utf8[end++] = (byte) (0xc0 | unit >> 6);
                utf8[end++] = (byte) (0x80 | unit & 0x3f);
            } else if (isPair(unit, units, i, lengthBytes)) {
                i += 2;
                int point = Character.toCodePoint(unit, unit(units, i));
                utf8[end++] = (byte) (0xf0 | point >> 18);
                utf8[end++] = (byte) (0x80 | point >> 12 & 0x3f);
                utf8[end++] = (byte) (0x80 | point >> 6 & 0x3f);
                utf8[end++] = (byte) (0x80 | point & 0x3f);
            } else {
                int point = Character.isSurrogate(unit) ? REPLACEMENT : unit;
                utf8[end++] = (byte) (0xe0 | point >> 12);
                utf8[end++] = (byte) (0x80 | point >> 6 & 0x3f);
                utf8[end++] = (byte) (0x80 | point & 0x3f);
            }
        }
        return end;
    }
}
