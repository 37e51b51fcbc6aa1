package io.pickaroon.processor.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The byte of each needle that a search begins with: the rarest of those that are one value, or one letter in both cases.
 *
 * @param at index of it, for each needle
 * @param values all values of these bytes, in order
 * @param share estimated share of the places at which one of them stands
 */
record RareBytes(List<Integer> at, List<Integer> values, double share) {
    private static final int MOST_VALUES = 2;

    /** By how often bytes occur in log files; empty if a needle has no byte to begin with. */
    static Optional<RareBytes> of(List<Needle> needles) {
        return of(needles, ByteFrequency::share);
    }

    /** @param shareOf share of the places at which a value stands */
    static Optional<RareBytes> of(List<Needle> needles, Share shareOf) {
        List<Integer> at = new ArrayList<>();
        BitSet values = new BitSet(256);
        for (Needle needle : needles) {
            int rarest = rarest(needle, shareOf);
            if (rarest < 0) {
                return Optional.empty();
            }
            at.add(rarest);
            addValues(needle.sets().get(rarest), values);
        }
        List<Integer> inOrder = values.stream().boxed().toList();
        return Optional.of(new RareBytes(at, inOrder, share(values, shareOf)));
    }

    /** Index of the rarest byte, or -1. */
    private static int rarest(Needle needle, Share shareOf) {
        int rarest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int index = 0; index < needle.lengthBytes(); index++) {
            ByteSet set = needle.sets().get(index);
            BitSet values = new BitSet(256);
            addValues(set, values);
            double share = share(values, shareOf);
            if (set.size() <= MOST_VALUES && share < least) {
                rarest = index;
                least = share;
            }
        }
        return rarest;
    }

    private static double share(BitSet values, Share shareOf) {
        double share = 0;
        for (int value = values.nextSetBit(0); value >= 0; value = values.nextSetBit(value + 1)) {
            share += shareOf.of(value);
        }
        return share;
    }

    private static void addValues(ByteSet set, BitSet values) {
        for (int value = 0; value < 256; value++) {
            if (set.contains(value)) {
                values.set(value);
            }
        }
    }

    /** How often a value occurs, as a share of all bytes. */
    @FunctionalInterface
    interface Share {
        double of(int value);
    }

    int count() {
        return values.size();
    }
}
