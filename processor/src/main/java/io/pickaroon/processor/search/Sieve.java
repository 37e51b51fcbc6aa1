package io.pickaroon.processor.search;

/**
 * Looks at each place of a byte array through {@value #POSITIONS} tables, one for the byte that stands there and one for
 * each of those that stand a stride, two strides and three strides after it, and lets those places through in whose table
 * entries one bit is set throughout. A bit stands for some needles, and the bytes that its table entries admit are theirs.
 *
 * <p>Stateless and thread-safe; allocates nothing.
 */
public sealed interface Sieve permits ScalarSieve, VectorSieve {
    /** Bytes that are looked at in each place: enough to tell words of logs apart, few enough to fit in registers. */
    int POSITIONS = 4;

    /**
     * First index in {@code [from, to)} that the sieve lets through, or -1. Bytes after {@code to} are looked at too,
     * where there are any in the array; where there are none every needle may go on.
     */
    int next(byte[] bytes, int from, int to);
}
