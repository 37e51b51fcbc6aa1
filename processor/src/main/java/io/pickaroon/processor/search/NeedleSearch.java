package io.pickaroon.processor.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds some hundred needles in one pass: a {@link Sieve} lets few places through, bit sets show which needles can
 * stand there, and those are compared in full.
 *
 * <p>It searches for one window of each needle, {@link Sieve#POSITIONS} bytes at a stride: the rarest one in log files.
 * Used by one thread at a time, because it remembers what it found last. A search allocates nothing.
 */
public final class NeedleSearch {
    private static final int BITS_OF_SIEVE = 8;

    private final Needle[] needles;
    private final int[] windows;
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
        this.stride = stride;
        this.needles = needles.toArray(Needle[]::new);
        this.windows = new int[this.needles.length];
        this.members = new long[windows.length][];
        this.words = (this.needles.length + Long.SIZE - 1) / Long.SIZE;
        this.admitted = new long[Sieve.POSITIONS * 256 * words];
        this.ended = new long[Sieve.POSITIONS * words];
        this.found = new long[words];
        for (int needle = 0; needle < windows.length; needle++) {
            windows[needle] = this.needles[needle].rarestWindow(stride);
            members[needle] = this.needles[needle].members();
            for (int position = 0; position < Sieve.POSITIONS; position++) {
                admit(needle, position);
            }
        }
        this.sieve = search.sieve(tables(), stride);
    }

    private void admit(int needle, int position) {
        int word = needle / Long.SIZE;
        ByteSet set = windowSet(needle, position);
        if (windows[needle] + position * stride >= needles[needle].lengthBytes()) {
            ended[position * words + word] |= 1L << needle;
        }
        for (int value = set.next(0); value < 256; value = set.next(value + 1)) {
            admitted[(position * 256 + value) * words + word] |= 1L << needle;
        }
    }

    /** The bytes that a needle admits at a position of its window: all of them after its end. */
    private ByteSet windowSet(int needle, int position) {
        int index = windows[needle] + position * stride;
        return index < needles[needle].lengthBytes() ? needles[needle].sets().get(index) : ByteSet.ALL;
    }

    /** Needles with similar windows share a bit of the sieve. */
    private byte[][] tables() {
        String[] texts = new String[needles.length];
        Arrays.setAll(texts, this::windowText);
        int[] order = IntStream.range(0, needles.length)
                .boxed()
                .sorted((one, other) -> texts[one].compareTo(texts[other]))
                .mapToInt(Integer::intValue)
                .toArray();
        byte[][] tables = new byte[Sieve.POSITIONS][256];
        for (int rank = 0; rank < order.length; rank++) {
            int needle = order[rank];
            int bit = 1 << (rank * BITS_OF_SIEVE / order.length);
            for (int position = 0; position < Sieve.POSITIONS; position++) {
                ByteSet set = windowSet(needle, position);
                for (int value = set.next(0); value < 256; value = set.next(value + 1)) {
                    tables[position][value] |= (byte) bit;
                }
            }
        }
        return tables;
    }

    private String windowText(int needle) {
        StringBuilder text = new StringBuilder();
        Needle all = needles[needle];
        for (ByteSet set : all.sets().subList(windows[needle], all.lengthBytes())) {
            text.append((char) set.next(0));
        }
        return text.toString();
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
                if (standsWhole(needle, bytes, place - windows[needle], lowest, to)) {
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
