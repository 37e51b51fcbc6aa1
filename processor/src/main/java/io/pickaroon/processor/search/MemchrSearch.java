package io.pickaroon.processor.search;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds few needles with {@code memchr}: goes from one place to the next where the rarest byte of a needle stands, and
 * compares the rest there. Which bytes are rare is read off the file: at its beginning, and anew where too many places turn
 * out to be none. Used by one thread at a time. A search allocates nothing.
 */
public final class MemchrSearch {
    private static final int NONE = Integer.MAX_VALUE;
    private static final int WINDOWS_OF_A_CHOICE = 64;
    /** Of a file, when it is asked which bytes are rare in it. */
    private static final int SAMPLE_BYTES = 8 * 1024;

    private final List<Needle> needles;
    /** Of each needle a set for each byte, in four words. */
    private final long[][] members;
    /** What the first eight bytes of each needle have in common in all their forms; bits outside the mask are not known. */
    private final long[] masks;

    private final long[] values;
    /** True for each needle that its mask and value decide. */
    private final boolean[] decided;

    /** Index of the byte that is searched for, of each needle. */
    private final int[] rareAt;
    /** The bytes that are searched for, null at first; for each the needles that have it, and where it stands next. */
    private byte[] rare;

    private int[][] needlesOf;
    private int[] next;

    private NativeBytes bytes;
    private int end;

    private long searchedBytes;
    private long failures;
    /** Windows until the bytes to look for may be chosen anew. */
    private int windowsOfChoice;

    /** @param needles that {@link MemchrChoice#suits} accepts */
    public MemchrSearch(List<Needle> needles) {
        this.needles = List.copyOf(needles);
        int count = needles.size();
        this.members = needles.stream().map(Needle::members).toArray(long[][]::new);
        this.masks = new long[count];
        this.values = new long[count];
        this.decided = new boolean[count];
        this.rareAt = new int[count];
        for (int needle = 0; needle < count; needle++) {
            setPattern(needle);
        }
    }

    private void setPattern(int needle) {
        List<ByteSet> sets = needles.get(needle).sets();
        decided[needle] = sets.size() <= Long.BYTES;
        for (int i = 0; i < Math.min(sets.size(), Long.BYTES); i++) {
            ByteSet.Bits pattern = sets.get(i).bits().orElse(null);
            if (pattern == null) {
                decided[needle] = false;
            } else {
                masks[needle] |= (pattern.mask() & 0xffL) << i * Byte.SIZE;
                values[needle] |= (pattern.value() & 0xffL) << i * Byte.SIZE;
            }
        }
    }

    private void choose(RareBytes chosen) {
        Arrays.setAll(rareAt, chosen.at()::get);
        rare = new byte[chosen.count()];
        needlesOf = new int[rare.length][];
        next = new int[rare.length];
        for (int i = 0; i < rare.length; i++) {
            int value = chosen.values().get(i);
            rare[i] = (byte) value;
            needlesOf[i] = IntStream.range(0, rareAt.length)
                    .filter(needle ->
                            needles.get(needle).sets().get(rareAt[needle]).contains(value))
                    .toArray();
        }
    }

    /** Starts with a window: counts anew. */
    public void beginWindow() {
        searchedBytes = 0;
        failures = 0;
        windowsOfChoice = Math.max(0, windowsOfChoice - 1);
    }

    /** Starts a walk over {@code [0, end)}. */
    public void begin(NativeBytes newBytes, int newEnd) {
        bytes = newBytes;
        end = newEnd;
        if (rare == null) {
            chooseByContent();
        } else if (windowsOfChoice == 0 && MemchrChoice.isTooMany(failures, searchedBytes)) {
            windowsOfChoice = WINDOWS_OF_A_CHOICE;
            chooseByContent();
        }
        searchedBytes += newEnd;
        Arrays.fill(next, -1);
    }

    private void chooseByContent() {
        int[] counts = new int[256];
        int sample = Math.min(end, SAMPLE_BYTES);
        for (int i = 0; i < sample; i++) {
            counts[bytes.at(i) & 0xff]++;
        }
        choose(RareBytes.of(needles, value -> counts[value] + ByteFrequency.share(value))
                .orElseThrow());
    }

    /** Bytes that were searched since {@link #beginWindow}. */
    public long searchedBytes() {
        return searchedBytes;
    }

    /** Places that turned out to be none since {@link #beginWindow}. */
    public long failures() {
        return failures;
    }

    /**
     * An index at or after {@code from} in the middle of a needle, such that none stands wholly before it; or -1.
     *
     * @param from not before that of the previous call; needles begin there or later
     */
    public int next(int from) {
        while (true) {
            int nearest = 0;
            for (int i = 0; i < next.length; i++) {
                if (next[i] < from) {
                    advance(i, from);
                }
                nearest = next[i] < next[nearest] ? i : nearest;
            }
            int at = next[nearest];
            if (at == NONE) {
                return -1;
            }
            for (int needle : needlesOf[nearest]) {
                if (stands(needle, at - rareAt[needle], from, end)) {
                    return at;
                }
            }
            failures++;
            advance(nearest, at + 1);
        }
    }

    private int advance(int i, int from) {
        int found = bytes.indexOf(from, end, rare[i]);
        next[i] = found < 0 ? NONE : found;
        return next[i];
    }

    /**
     * Adds all needles that stand in {@code [from, to)}, to which the last {@link #next} has led.
     *
     * @param ruleOf what is added for each needle
     */
    public void addStanding(int from, int to, int[] ruleOf, BitSet rules) {
        for (int i = 0; i < next.length; i++) {
            boolean isOpen = next[i] < to && !hasAll(i, ruleOf, rules);
            while (isOpen) {
                for (int needle : needlesOf[i]) {
                    if (stands(needle, next[i] - rareAt[needle], from, to)) {
                        rules.set(ruleOf[needle]);
                    }
                }
                isOpen = !hasAll(i, ruleOf, rules) && advance(i, next[i] + 1) < to;
            }
        }
    }

    private boolean hasAll(int i, int[] ruleOf, BitSet rules) {
        for (int needle : needlesOf[i]) {
            if (!rules.get(ruleOf[needle])) {
                return false;
            }
        }
        return true;
    }

    private boolean stands(int needle, int at, int from, int to) {
        return at >= from
                && at <= to - members[needle].length / 4
                && (bytes.longAt(at) & masks[needle]) == values[needle]
                && (decided[needle] || standsWhole(members[needle], at));
    }

    private boolean standsWhole(long[] sets, int at) {
        for (int i = 0; i < sets.length; i += 4) {
            int value = bytes.at(at + i / 4) & 0xff;
            if ((sets[i + value / Long.SIZE] >>> value & 1) == 0) {
                return false;
            }
        }
        return true;
    }
}
