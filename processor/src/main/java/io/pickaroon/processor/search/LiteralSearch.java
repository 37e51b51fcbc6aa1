package io.pickaroon.processor.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds a text in a byte array: candidates are places where its two rarest bytes stand at the right distance, and each
 * candidate is compared in full. Thread-safe.
 */
public final class LiteralSearch {
    private final ByteSearch search;
    private final byte[] lower;
    private final byte[] upper;
    private final ByteSearch.Pair rarestPair;
    private final int firstIndex;
    private final int secondIndex;

    public LiteralSearch(String text, boolean ignoreCase, ByteSearch search) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        this.search = search;
        this.lower = ignoreCase ? mapped(bytes, 'A', 'Z', 0x20) : bytes;
        this.upper = ignoreCase ? mapped(bytes, 'a', 'z', -0x20) : bytes;
        int rarest = rarestIndex(bytes, -1);
        int nextRarest = bytes.length == 1 ? rarest : rarestIndex(bytes, rarest);
        this.firstIndex = Math.min(rarest, nextRarest);
        this.secondIndex = Math.max(rarest, nextRarest);
        this.rarestPair = new ByteSearch.Pair(
                lower[firstIndex], upper[firstIndex], lower[secondIndex], upper[secondIndex], secondIndex - firstIndex);
    }

    /** First index in {@code [from, to)} at which the whole text stands within the range, or -1. */
    public int indexIn(byte[] bytes, int from, int to) {
        int tail = lower.length - 1 - secondIndex;
        int candidateFrom = from + firstIndex;
        while (candidateFrom < to - tail) {
            int candidate = search.indexOfPair(bytes, candidateFrom, to - tail, rarestPair);
            if (candidate < 0) {
                return -1;
            }
            if (standsAt(bytes, candidate - firstIndex)) {
                return candidate - firstIndex;
            }
            candidateFrom = candidate + 1;
        }
        return -1;
    }

    /** Visits all occurrences in the range from left to right, without overlaps. */
    public void visitAll(byte[] bytes, int from, int to, MatchVisitor visitor) {
        for (int at = indexIn(bytes, from, to); at >= 0; at = indexIn(bytes, at + lower.length, to)) {
            visitor.match(at, at + lower.length);
        }
    }

    private boolean standsAt(byte[] bytes, int start) {
        for (int i = 0; i < lower.length; i++) {
            byte b = bytes[start + i];
            if (b != lower[i] && b != upper[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] mapped(byte[] bytes, char lowest, char highest, int shift) {
        byte[] result = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < result.length; i++) {
            if (result[i] >= lowest && result[i] <= highest) {
                result[i] = (byte) (result[i] + shift);
            }
        }
        return result;
    }

    private static int rarestIndex(byte[] bytes, int except) {
        int rarest = -1;
        for (int i = 0; i < bytes.length; i++) {
            if (i != except
                    && (rarest < 0
                            || ByteFrequency.share(bytes[i] & 0xff) < ByteFrequency.share(bytes[rarest] & 0xff))) {
                rarest = i;
            }
        }
        return rarest;
    }
}
