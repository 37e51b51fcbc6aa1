package io.pickaroon.processor.search;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A set of bytes as those that have a value in the bits of a mask: one byte, or several that differ in some bits only, such
 * as a letter in both cases.
 */
record BitPattern(byte mask, byte value) {
    /** Empty if the set is not of that kind. */
    static Optional<BitPattern> of(ByteSet set) {
        int[] values = IntStream.range(0, 256).filter(set::contains).toArray();
        int differing = 0;
        for (int value : values) {
            differing |= value ^ values[0];
        }
        return values.length > 0 && values.length == 1 << Integer.bitCount(differing)
                ? Optional.of(new BitPattern((byte) ~differing, (byte) (values[0] & ~differing)))
                : Optional.empty();
    }
}
