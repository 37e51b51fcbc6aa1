package io.pickaroon.processor.secret;

import java.util.Arrays;

/**
 * Shannon's entropy of a text, in bits for a character. As the rules of gitleaks mean it: characters are counted, and their shares are
 * those of the bytes. Used by one thread at a time; allocates only to grow.
 */
final class Entropy {
    private static final int REPLACEMENT = 0xfffd;

    private final int[] counts = new int[128];
    /** Characters outside ASCII. */
    private int[] others = {};

    private int otherCount;

    double of(byte[] bytes, int start, int end) {
        Arrays.fill(counts, 0);
        otherCount = 0;
        for (int at = start; at < end; ) {
            if (bytes[at] >= 0) {
                counts[bytes[at++]]++;
            } else {
                at = addCharacter(bytes, at, end);
            }
        }
        double length = end - start;
        double entropy = 0;
        for (int count : counts) {
            entropy -= count == 0 ? 0 : bits(count / length);
        }
        Arrays.sort(others, 0, otherCount);
        for (int from = 0; from < otherCount; ) {
            int to = from + 1;
            while (to < otherCount && others[to] == others[from]) {
                to++;
            }
            entropy -= bits((to - from) / length);
            from = to;
        }
        return entropy;
    }

    private static double bits(double share) {
        return share * Math.log(share) / Math.log(2);
    }

    /** Adds a character of several bytes; a byte that belongs to none counts as one, the same for all. Returns where it ends. */
    private int addCharacter(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        int length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 ? 2 : 1;
        boolean isWhole = length > 1 && first < 0xf5 && at + length <= end;
        int character = first;
        for (int i = 1; isWhole && i < length; i++) {
            isWhole = (bytes[at + i] & 0xc0) == 0x80;
            character = character << 8 | bytes[at + i] & 0xff;
        }
        if (otherCount == others.length) {
            others = Arrays.copyOf(others, Math.max(16, 2 * otherCount));
        }
        others[otherCount++] = isWhole ? character : REPLACEMENT;
        return isWhole ? at + length : at + 1;
    }
}
