package io.pickaroon.processor.search;

import java.util.Arrays;
import java.util.Optional;

/** A set of bytes, immutable. Bytes are given by their unsigned value, 0 to 255. */
public record ByteSet(long bits0, long bits1, long bits2, long bits3) {
    public static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
    public static final ByteSet ALL = new ByteSet(-1, -1, -1, -1);

    private static final ByteSet[] SINGLE = singles();

    private static ByteSet[] singles() {
        ByteSet[] singles = new ByteSet[256];
        Arrays.setAll(singles, value -> range(value, value));
        return singles;
    }

    public static ByteSet of(int value) {
        return SINGLE[value];
    }

    /** All from {@code first} to {@code last}, both included. */
    public static ByteSet range(int first, int last) {
        long[] bits = new long[4];
        for (int value = first; value <= last; value++) {
            bits[value >> 6] |= 1L << value;
        }
        return new ByteSet(bits[0], bits[1], bits[2], bits[3]);
    }

    /** The bytes with the numbers of these characters, all below 256. */
    public static ByteSet of(String characters) {
        ByteSet set = NONE;
        for (int i = 0; i < characters.length(); i++) {
            set = set.or(of(characters.charAt(i)));
        }
        return set;
    }

    public boolean contains(int value) {
        long bits = value < 128 ? (value < 64 ? bits0 : bits1) : (value < 192 ? bits2 : bits3);
        return (bits >>> value & 1) != 0;
    }

    public ByteSet or(ByteSet other) {
        return new ByteSet(bits0 | other.bits0, bits1 | other.bits1, bits2 | other.bits2, bits3 | other.bits3);
    }

    public ByteSet not() {
        return new ByteSet(~bits0, ~bits1, ~bits2, ~bits3);
    }

    public boolean intersects(ByteSet other) {
        return ((bits0 & other.bits0) | (bits1 & other.bits1) | (bits2 & other.bits2) | (bits3 & other.bits3)) != 0;
    }

    /** Number of bytes in the set. */
    int size() {
        return Long.bitCount(bits0) + Long.bitCount(bits1) + Long.bitCount(bits2) + Long.bitCount(bits3);
    }

    /** With every ASCII letter in both cases. */
    public ByteSet inBothCases() {
        // In bits1, 'A' is bit 1 and 'a' is bit 33.
        long letters = ((1L << 26) - 1) << 1;
        long upper = bits1 & letters;
        long lower = bits1 >>> 32 & letters;
        return new ByteSet(bits0, bits1 | lower | upper << 32, bits2, bits3);
    }

    /** The first member at or after a value; 256 if there is none. */
    public int next(int from) {
        for (int value = from; value < 256; value = (value | 63) + 1) {
            long bits = value < 128 ? (value < 64 ? bits0 : bits1) : (value < 192 ? bits2 : bits3);
            long left = bits >>> value;
            if (left != 0) {
                return value + Long.numberOfTrailingZeros(left);
            }
        }
        return 256;
    }

    /** Estimated share of the bytes of log files that are in the set, 0 to about 1. */
    double share() {
        double share = 0;
        for (int value = next(0); value < 256; value = next(value + 1)) {
            share += ByteFrequency.share(value);
        }
        return share;
    }

    /**
     * The set as the bytes that have a value in the bits of a mask: one byte, or several that differ in some bits only,
     * such as a letter in both cases; empty if it is not of that kind.
     */
    Optional<Bits> bits() {
        int first = next(0);
        int differing = 0;
        for (int value = first; value < 256; value = next(value + 1)) {
            differing |= value ^ first;
        }
        return size() > 0 && size() == 1 << Integer.bitCount(differing)
                ? Optional.of(new Bits((byte) ~differing, (byte) (first & ~differing)))
                : Optional.empty();
    }

    /** A value in the bits of a mask. */
    record Bits(byte mask, byte value) {}
}
