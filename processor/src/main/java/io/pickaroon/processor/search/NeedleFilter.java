package io.pickaroon.processor.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds places where one of very many needles may stand: it looks up four bytes of each place in a hash table of the
 * rarest four bytes of each needle. A rule has to confirm what gets through. Size is linear in the number of needles,
 * time in the input. Immutable and thread-safe.
 */
public final class NeedleFilter {
    /** Length of the window of a needle; shorter needles are not taken. */
    static final int WINDOW_BYTES = 4;

    private static final VarHandle WINDOW = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_VARIANTS = 16;
    private static final int BITS_FOR_EACH = 32;
    private static final int FEWEST_BITS = 1 << 12;
    private static final int MOST_BITS = 1 << 20;
    private static final int FACTOR = 0x9E3779B1;

    private final int folding;
    /** A bit for each hash of a window. */
    private final long[] bits;

    private final int bitsShift;
    /** Number of a window's first rule, by a hash of the window; those of the windows at the same index. */
    private final int[] slots;

    private final int slotsShift;
    /** Windows in order, and rules; a window stands there once for each of its rules. */
    private final int[] windows;

    private final int[] rules;

    /**
     * Makes a filter for needles that {@link #takes} accepts.
     *
     * @param ruleOf the rule of each needle
     */
    public NeedleFilter(List<Needle> needles, List<Integer> ruleOf) {
        Grams grams = Grams.of(needles, WINDOW_BYTES);
        this.folding = grams.folding();
        long[] windowsAndRules = windowsAndRules(needles, ruleOf, grams);
        this.windows = new int[windowsAndRules.length];
        this.rules = new int[windowsAndRules.length];
        int bitCount = powerOfTwo((long) BITS_FOR_EACH * windows.length);
        this.bits = new long[bitCount / Long.SIZE];
        this.bitsShift = Integer.SIZE - Integer.numberOfTrailingZeros(bitCount);
        int slotCount = Integer.highestOneBit(Math.max(2, windows.length)) * 4;
        this.slots = new int[slotCount];
        this.slotsShift = Integer.SIZE - Integer.numberOfTrailingZeros(slotCount);
        for (int i = 0; i < windows.length; i++) {
            windows[i] = (int) (windowsAndRules[i] >>> Integer.SIZE);
            rules[i] = (int) windowsAndRules[i];
            if (i == 0 || windows[i] != windows[i - 1]) {
                int hash = windows[i] * FACTOR;
                bits[hash >>> bitsShift >>> 6] |= 1L << (hash >>> bitsShift);
                int slot = hash >>> slotsShift;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slotCount - 1);
                }
                slots[slot] = i + 1;
            }
        }
    }

    private static int powerOfTwo(long bitCount) {
        long atLeast = Math.max(FEWEST_BITS, Math.min(MOST_BITS, bitCount));
        return (int) Long.highestOneBit(atLeast);
    }

    private static long[] windowsAndRules(List<Needle> needles, List<Integer> ruleOf, Grams grams) {
        long[] all = new long[needles.size()];
        int count = 0;
        for (int needle = 0; needle < needles.size(); needle++) {
            int start = rarestWindow(needles.get(needle));
            for (int window : grams.all(window(needles.get(needle), start))) {
                if (count == all.length) {
                    all = Arrays.copyOf(all, 2 * count);
                }
                all[count++] = (long) window << Integer.SIZE | ruleOf.get(needle);
            }
        }
        return Arrays.stream(all, 0, count).sorted().distinct().toArray();
    }

    /** True if the needle has a window with few enough variants. */
    public static boolean takes(Needle needle) {
        return rarestWindow(needle) >= 0;
    }

    private static List<ByteSet> window(Needle needle, int start) {
        return needle.sets().subList(start, start + WINDOW_BYTES);
    }

    /** Start of the rarest window, of those with few enough variants; -1 if there is none. */
    private static int rarestWindow(Needle needle) {
        int rarest = -1;
        double share = Double.MAX_VALUE;
        for (int start = 0; start + WINDOW_BYTES <= needle.lengthBytes(); start++) {
            List<ByteSet> window = window(needle, start);
            double itsShare = Grams.share(window);
            int variants = Grams.count(window, MOST_VARIANTS);
            if (variants > 0 && variants <= MOST_VARIANTS && itsShare < share) {
                rarest = start;
                share = itsShare;
            }
        }
        return rarest;
    }

    /** First index in {@code [from, to)} at which the window of a needle stands whole, or -1. */
    public int next(byte[] bytes, int from, int to) {
        for (int i = from; i <= to - WINDOW_BYTES; i++) {
            int hash = ((int) WINDOW.get(bytes, i) | folding) * FACTOR;
            if ((bits[hash >>> bitsShift >>> 6] >>> (hash >>> bitsShift) & 1) != 0 && firstEntry(bytes, i) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Number of the first rule that has the window at an index, or -1. */
    public int firstEntry(byte[] bytes, int index) {
        int window = (int) WINDOW.get(bytes, index) | folding;
        for (int slot = window * FACTOR >>> slotsShift; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            if (windows[slots[slot] - 1] == window) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    /** Number of the next rule that has the same window, or -1. */
    public int nextEntry(int entry) {
        return entry + 1 < windows.length && windows[entry + 1] == windows[entry] ? entry + 1 : -1;
    }

    public int rule(int entry) {
        return rules[entry];
    }

    /** All rules that have needles in this filter. */
    public BitSet rules() {
        BitSet all = new BitSet();
        Arrays.stream(rules).forEach(all::set);
        return all;
    }
}
