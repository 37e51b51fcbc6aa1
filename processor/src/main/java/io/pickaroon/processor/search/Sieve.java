package io.pickaroon.processor.search;

/**
 * Filters the places of a byte array with {@value #POSITIONS} tables: one for the byte at a place, and one for each of
 * the bytes one, two and three strides after it. A place gets through if one bit is set in the table entries of all its
 * bytes. A bit stands for some needles; its table entries admit their bytes.
 *
 * <p>Stateless and thread-safe; allocates nothing.
 */
public sealed interface Sieve permits ScalarSieve, SampledSieve, VectorSieve {
    /** Bytes that are looked up for each place: enough to tell words of logs apart, few enough to fit in registers. */
    int POSITIONS = 4;

    /**
     * First index in {@code [from, to)} that the sieve lets through, or -1. Bytes after {@code to} count too, where the
     * array has them; where it has none, every byte is taken as possible.
     */
    int next(byte[] bytes, int from, int to);
}
