package io.pickaroon.processor.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of bytes to look for, each of which is one of a set: a text in either case, or {@code 5\d\d}. Immutable.
 *
 * @param sets one for each byte
 */
record Needle(List<ByteSet> sets) {
    static final Needle EMPTY = new Needle(List.of());

    Needle {
        sets = List.copyOf(sets);
    }

    static Needle of(String text, boolean ignoreCase) {
        List<ByteSet> sets = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            ByteSet set = ByteSet.of(b & 0xff);
            sets.add(ignoreCase ? set.inBothCases() : set);
        }
        return new Needle(sets);
    }

    int lengthBytes() {
        return sets.size();
    }

    Needle then(Needle other) {
        List<ByteSet> both = new ArrayList<>(sets);
        both.addAll(other.sets);
        return new Needle(both);
    }

    Needle head(int lengthBytes) {
        return new Needle(sets.subList(0, Math.min(lengthBytes, sets.size())));
    }

    Needle tail(int lengthBytes) {
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

    /** Estimated share of the places in log files where a window of it stands. */
    double windowShare(int start, int lengthBytes) {
        double share = 1;
        for (int i = start; i < Math.min(start + lengthBytes, sets.size()); i++) {
            share *= sets.get(i).share();
        }
        return share;
    }

    /** Where the window of a length starts that stands in the fewest places. */
    int rarestWindow(int lengthBytes) {
        int rarest = 0;
        for (int start = 1; start + lengthBytes <= sets.size(); start++) {
            if (windowShare(start, lengthBytes) < windowShare(rarest, lengthBytes)) {
                rarest = start;
            }
        }
        return rarest;
    }
}
