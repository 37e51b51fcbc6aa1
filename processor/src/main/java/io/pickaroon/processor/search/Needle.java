package io.pickaroon.processor.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of bytes to look for, each of which is one of a set: a text in either case, or {@code 5\d\d}. Immutable.
 *
 * @param sets one for each byte
 */
public record Needle(List<ByteSet> sets) {
    public static final Needle EMPTY = new Needle(List.of());

    public Needle {
        sets = List.copyOf(sets);
    }

    public static Needle of(String text, boolean ignoreCase) {
        List<ByteSet> sets = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            ByteSet set = ByteSet.of(b & 0xff);
            sets.add(ignoreCase ? set.inBothCases() : set);
        }
        return new Needle(sets);
    }

    public int lengthBytes() {
        return sets.size();
    }

    public Needle then(Needle other) {
        List<ByteSet> both = new ArrayList<>(sets);
        both.addAll(other.sets);
        return new Needle(both);
    }

    public Needle head(int lengthBytes) {
        return new Needle(sets.subList(0, Math.min(lengthBytes, sets.size())));
    }

    public Needle tail(int lengthBytes) {
        return new Needle(sets.subList(Math.max(0, sets.size() - lengthBytes), sets.size()));
    }

    /** The sets as bits, four words for each. */
    long[] members() {
        long[] members = new long[4 * sets.size()];
        for (int i = 0; i < sets.size(); i++) {
            ByteSet set = sets.get(i);
            members[4 * i] = set.bits0();
            members[4 * i + 1] = set.bits1();
            members[4 * i + 2] = set.bits2();
            members[4 * i + 3] = set.bits3();
        }
        return members;
    }

    /** Estimated share of the places in log files where the whole needle stands. */
    public double share() {
        return windowShare(0, sets.size(), 1);
    }

    /**
     * Estimated share of the places in log files that a sieve lets through for this needle, by the rarest window of it.
     */
    public double sievedShare(int stride) {
        return windowShare(rarestWindow(stride), Sieve.POSITIONS, stride);
    }

    /** Start of the window that a sieve looks up: the rarest one in log files. */
    int rarestWindow(int stride) {
        int rarest = 0;
        double share = windowShare(0, Sieve.POSITIONS, stride);
        for (int start = 1; start + (Sieve.POSITIONS - 1) * stride < sets.size(); start++) {
            double other = windowShare(start, Sieve.POSITIONS, stride);
            if (other < share) {
                rarest = start;
                share = other;
            }
        }
        return rarest;
    }

    private double windowShare(int start, int positions, int stride) {
        double share = 1;
        for (int position = 0; position < positions && start + position * stride < sets.size(); position++) {
            share *= sets.get(start + position * stride).share();
        }
        return share;
    }
}
