package io.pickaroon.processor.search;

import java.util.List;

/**
 * Finds some hundred needles in one pass: a {@link Sieve} lets few places through, bit sets show which needles can
 * stand there, and those are compared in full.
 *
 * <p>It searches for one window of each needle, {@link Sieve#POSITIONS} bytes at a stride: the rarest one in log files.
 * Used by one thread at a time, because it remembers what it found last. A search allocates nothing.
 */
public final class NeedleSearch {
    private final NeedleWindows windows;
    private final int count;
    private final int stride;
    /** Of each needle a set for each byte, in four words. */
    private final long[][] members;

    private final Sieve sieve;
    private final int words;
    /** A bit for each needle, in {@code words} words, for each position and byte: whether its window goes on with that. */
    private final long[] admitted;
    /** A bit for each needle, in {@code words} words, for each position: whether its window has ended. */
    private final long[] ended;

    private final long[] found;

    /**
     * Makes a search for needles, none of which is empty.
     *
     * @param stride distance of the bytes of a window, at least 1
     */
    public NeedleSearch(List<Needle> needles, int stride, ByteSearch search) {
        this.windows = new NeedleWindows(needles, stride);
        this.count = needles.size();
        this.stride = stride;
        this.members = needles.stream().map(Needle::members).toArray(long[][]::new);
        this.words = (count + Long.SIZE - 1) / Long.SIZE;
        this.admitted = new long[Sieve.POSITIONS * 256 * words];
        this.ended = new long[Sieve.POSITIONS * words];
        this.found = new long[words];
        for (int needle = 0; needle < count; needle++) {
            for (int position = 0; position < Sieve.POSITIONS; position++) {
                admit(needle, position);
            }
        }
        this.sieve = search.sieve(windows);
    }

    /** True if a search without vectors looks at no more than every third place. */
    public static boolean skipsMostWithoutVectors(List<Needle> needles) {
        return SampledSieve.skipsMost(needles);
    }

    private void admit(int needle, int position) {
        int word = needle / Long.SIZE;
        ByteSet set = windows.set(needle, position);
        if (windows.endsBefore(needle, position)) {
            ended[position * words + word] |= 1L << needle;
        }
        for (int value = set.next(0); value < 256; value = set.next(value + 1)) {
            admitted[(position * 256 + value) * words + word] |= 1L << needle;
        }
    }

    /**
     * First index at or after {@code from} of the window of a needle that stands whole in {@code [lowest, to)}, or -1.
     */
    public int next(byte[] bytes, int from, int lowest, int to) {
        for (int place = sieve.next(bytes, from, to); place >= 0; place = sieve.next(bytes, place + 1, to)) {
            if (stands(bytes, place, lowest, to)) {
                return place;
            }
        }
        return -1;
    }

    /** The first needle with at least this number, of those that stand at the place returned last, or -1. */
    public int found(int fromNeedle) {
        for (int word = fromNeedle / Long.SIZE; word < words; word++) {
            long left = word == fromNeedle / Long.SIZE ? found[word] & -1L << fromNeedle : found[word];
            if (left != 0) {
                return word * Long.SIZE + Long.numberOfTrailingZeros(left);
            }
        }
        return -1;
    }

    private boolean stands(byte[] bytes, int place, int lowest, int to) {
        boolean any = false;
        for (int word = 0; word < words; word++) {
            long possible = admitted[(bytes[place] & 0xff) * words + word];
            for (int position = 1; position < Sieve.POSITIONS; position++) {
                int index = place + position * stride;
                possible &= index < to
                        ? admitted[(position * 256 + (bytes[index] & 0xff)) * words + word]
                        : ended[position * words + word];
            }
            long standing = 0;
            for (long left = possible; left != 0; left &= left - 1) {
                int needle = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                if (standsWhole(needle, bytes, place - windows.start(needle), lowest, to)) {
                    standing |= Long.lowestOneBit(left);
                }
            }
            found[word] = standing;
            any |= standing != 0;
        }
        return any;
    }

    private boolean standsWhole(int needle, byte[] bytes, int start, int lowest, int to) {
        long[] sets = members[needle];
        if (start < lowest || start > to - sets.length / 4) {
            return false;
        }
        for (int i = 0; i < sets.length; i += 4) {
            int value = bytes[start + i / 4] & 0xff;
            if ((sets[i + value / Long.SIZE] >>> value & 1) == 0) {
                return false;
            }
        }
        return true;
    }
}
