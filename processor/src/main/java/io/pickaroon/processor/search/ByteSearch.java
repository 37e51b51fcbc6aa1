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
    int indexOfPair(byte[] bytes, int from, int to, Pair pair);

    /** Makes a sieve that lets the windows of needles through. */
    Sieve sieve(NeedleWindows windows);

    /** The vector implementation where the JVM runs with {@code jdk.incubator.vector}, the scalar one elsewhere. */
    static ByteSearch fastest() {
        return Searchers.available().inArrays();
    }

    /**
     * Two bytes at a distance, each in one of two forms, such as the cases of a letter.
     *
     * @param first the first byte
     * @param firstAlt its other form, the same byte if it has none
     * @param second the second byte
     * @param secondAlt its other form, the same byte if it has none
     * @param distance from the first byte to the second, at least 0
     */
    record Pair(byte first, byte firstAlt, byte second, byte secondAlt, int distance) {}
}
