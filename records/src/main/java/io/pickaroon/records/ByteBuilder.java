package io.pickaroon.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are put together, as {@code StringBuilder} does with characters. It is made once and cleared for each record: it
 * allocates only to grow, up to its limit. Not thread-safe.
 */
public final class ByteBuilder {
    private static final int FIRST_BYTES = 128;
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SMALLEST_LONG = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    private final int maxBytes;
    private byte[] bytes;
    private int length;
    private boolean truncated;

    /** @param maxBytes the most that it holds; what would go beyond is left out, and {@link #isTruncated} says so */
    public ByteBuilder(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes " + maxBytes);
        }
        this.maxBytes = maxBytes;
        this.bytes = new byte[Math.min(maxBytes, FIRST_BYTES)];
    }

    public void clear() {
        length = 0;
        truncated = false;
    }

    public int length() {
        return length;
    }

    /** Whether something was left out since it was cleared, because it would have gone beyond the limit. */
    public boolean isTruncated() {
        return truncated;
    }

    /** The array that holds the bytes, from index 0 to {@link #length}; valid until something is appended. */
    public byte[] bytes() {
        return bytes;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void append(byte value) {
        if (room(1) == 1) {
            bytes[length++] = value;
        }
    }

    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    /**
     * Appends a part of an array.
     *
     * @param to exclusive end in {@code source}
     */
    public void append(byte[] source, int from, int to) {
        int count = room(to - from);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Appends a number in decimal. */
    public void append(long value) {
        if (value == Long.MIN_VALUE) {
            append(SMALLEST_LONG);
            return;
        }
        if (value < 0) {
            append((byte) '-');
        }
        long rest = Math.abs(value);
        long unit = 1;
        while (rest / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            append((byte) ('0' + rest / unit % 10));
        }
    }

    /** Appends characters as UTF-8; half of a surrogate pair becomes U+FFFD. */
    public void append(char[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = source[i];
            if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(source[i + 1])) {
                appendCodePoint(Character.toCodePoint(c, source[++i]));
            } else {
                appendCodePoint(c);
            }
        }
    }

    /** Appends a character as UTF-8; half of a surrogate pair becomes U+FFFD. */
    public void appendCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            append((byte) codePoint);
        } else if (codePoint < 0x800) {
            append((byte) (0xC0 | codePoint >> 6));
            appendContinuation(codePoint);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            append(REPLACEMENT);
        } else if (codePoint < 0x10000) {
            append((byte) (0xE0 | codePoint >> 12));
            appendContinuation(codePoint >> 6);
            appendContinuation(codePoint);
        } else {
            append((byte) (0xF0 | codePoint >> 18));
            appendContinuation(codePoint >> 12);
            appendContinuation(codePoint >> 6);
            appendContinuation(codePoint);
        }
    }

    private void appendContinuation(int bits) {
        append((byte) (0x80 | bits & 0x3F));
    }

    /** How many of so many bytes have a place; the array has it then. */
    private int room(int wanted) {
        if (wanted <= bytes.length - length) {
            return wanted;
        }
        int taken = Math.min(wanted, maxBytes - length);
        truncated |= taken < wanted;
        if (taken > bytes.length - length) {
            long doubled = Math.min(maxBytes, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, (long) length + taken));
        }
        return taken;
    }

    /** The bytes as text, for messages; bytes that are not UTF-8 become U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
