package io.pickaroon.processor.search;

/**
 * Searches in a range of a byte array. Stateless and thread-safe; allocates nothing. There is a scalar implementation and
 * one with the Vector API, with equal answers.
 *
 * <p>Ranges are {@code [from, to)} with {@code 0 <= from <= to <= bytes.length}.
 */
public interface ByteSearch {
    /** First index of the value, or -1. */
    int indexOf(byte[] bytes, int from, int to, byte value);

    /** Last index of the value, or -1. */
    int lastIndexOf(byte[] bytes, int from, int to, byte value);

    /** How often the value occurs. */
    int count(byte[] bytes, int from, int to, byte value);

    /** First index at which the pair's first byte stands so that both bytes lie in the range, or -1. */
    int indexOfPair(byte[] bytes, int from, int to, BytePair pair);

    /** Makes a sieve that lets the windows of needles through. */
    Sieve sieve(NeedleWindows windows);

    /** The vector implementation where the JVM runs with {@code jdk.incubator.vector}, the scalar one elsewhere. */
    static ByteSearch fastest() {
        return Searchers.available().inArrays();
    }
}
