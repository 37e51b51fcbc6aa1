package io.pickaroon.processor.search;

import java.util.Arrays;
import java.util.List;

/**
 * The texts of a few bytes that stretches of needles stand for, each in an {@code int} with the first byte lowest. Where a
 * needle is in either case, letters are folded: bytes that differ in the bit {@code 0x20} are the same. Immutable.
 *
 * @param lengthBytes of a gram, 1 to 4
 * @param folding what is set in every gram
 */
record Grams(int lengthBytes, int folding) {
    private static final int FOLDED = 0x20202020;

    /** Folds if one of the needles has a byte that is a letter in either case. */
    static Grams of(List<Needle> needles, int lengthBytes) {
        boolean folds =
                needles.stream().flatMap(needle -> needle.sets().stream()).anyMatch(Grams::isInBothCases);
        return new Grams(lengthBytes, folds ? FOLDED >>> Byte.SIZE * (Integer.BYTES - lengthBytes) : 0);
    }

    private static boolean isInBothCases(ByteSet set) {
        return set.size() == 2 && set.equals(set.inBothCases());
    }

    /** How many grams, at most, a stretch of a needle stands for; not more than {@code most + 1}. */
    static int count(List<ByteSet> stretch, int most) {
        int count = 1;
        for (ByteSet set : stretch) {
            count = Math.min(most + 1, count * (isInBothCases(set) ? 1 : set.size()));
        }
        return count;
    }

    /** Estimated share of the places in log files where the stretch stands. */
    static double share(List<ByteSet> stretch) {
        double share = 1;
        for (ByteSet set : stretch) {
            share *= set.share();
        }
        return share;
    }

    /** All grams that the stretch of a needle stands for, in any order. */
    int[] all(List<ByteSet> stretch) {
        int[] grams = {0};
        for (int i = 0; i < lengthBytes; i++) {
            ByteSet set = stretch.get(i);
            int[] longer = new int[grams.length * set.size()];
            int count = 0;
            for (int value = set.next(0); value < 256; value = set.next(value + 1)) {
                for (int gram : grams) {
                    longer[count++] = gram | (value | folding & 0xff) << Byte.SIZE * i;
                }
            }
            grams = Arrays.stream(longer, 0, count).distinct().toArray();
        }
        return grams;
    }
}
