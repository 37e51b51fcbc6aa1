package io.pickaroon.app.demo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of the record that is being composed, in one array that grows and is used again for the next record. */
final class RecordText {
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[8 * 1024];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    RecordText append(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** Puts the text in place of as many bytes from an index on. */
    void overwrite(int index, byte[] text) {
        System.arraycopy(text, 0, bytes, index, text.length);
    }

    RecordText append(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** A number of at least 0, with leading zeros up to the given number of digits. */
    RecordText appendDecimal(long number, int minimumDigits) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        digits = Math.max(digits, minimumDigits);
        reserve(digits);
        long rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    RecordText appendHex(long number, int digits) {
        reserve(digits);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            bytes[length++] = HEX_DIGITS[(int) (number >>> shift) & 0xf];
        }
        return this;
    }

    /** Repeats the text, the last time perhaps only in part, until the record has the given length. */
    RecordText fillTo(int wantedLength, byte[] text) {
        reserve(wantedLength - length);
        while (length < wantedLength) {
            int part = Math.min(text.length, wantedLength - length);
            System.arraycopy(text, 0, bytes, length, part);
            length += part;
        }
        return this;
    }

    private void reserve(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }
}
