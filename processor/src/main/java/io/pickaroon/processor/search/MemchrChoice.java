package io.pickaroon.processor.search;

import java.util.List;

/**
 * Decides whether {@code memchr} looks for the needles of a scan, or the loops over heap arrays do. Used by one thread at a
 * time.
 *
 * <p>{@code memchr} is at full speed from the first byte, and pays for each place where the byte stands that it looks for.
 * The loops over vectors take a third of a second until they are compiled; what they cost then depends little on what the
 * file holds, and on how many needles there are. So few needles with a rare byte begin with {@code memchr}. Of a window in
 * which too many places turned out to be none, the next windows are left to the loops; after those, {@code memchr} gets
 * another window, and if that goes no better it is left out twice as long.
 */
public final class MemchrChoice {
    /** More needles are found faster by a look at all of them at once. */
    private static final int MOST_NEEDLES = 4;
    /** Each byte is a walk over the slice of its own. */
    private static final int MOST_BYTES = 6;

    private static final int MOST_NEEDLES_WITHOUT_VECTORS = 12;
    private static final int MOST_BYTES_WITHOUT_VECTORS = 12;
    /** Estimated share of the places at which one of the bytes stands. */
    private static final double MOST_SHARE = 0.05;
    /** Above this, too many places may turn out to be none. */
    private static final double RARE_SHARE = 0.02;
    /** Where more than one of so many bytes is a place in vain, the compiled loops are faster. */
    private static final int BYTES_FOR_A_FAILURE = 100;
    /** Fewer say nothing. */
    private static final int LEAST_FAILURES = 64;

    private static final int WINDOWS_OF_LOOPS = 16;
    private static final int MOST_WINDOWS_OF_LOOPS = 256;

    private final boolean hasFastLoops;
    private int windowsOfLoops;
    /** How many they are the next time: twice as many each time in a row. */
    private int nextWindowsOfLoops = WINDOWS_OF_LOOPS;

    /**
     * @param hasFastLoops whether the loops use vectors, or skip most places; loops that do neither are slower than any
     *     {@code memchr}
     */
    public MemchrChoice(boolean hasFastLoops) {
        this.hasFastLoops = hasFastLoops;
    }

    /**
     * True if {@code memchr} is what to begin with, where it is {@link NativeBytes#isAvailable}.
     *
     * @param hasVectors whether the loops use vectors
     */
    public static boolean suits(List<Needle> needles, boolean hasVectors) {
        int mostNeedles = hasVectors ? MOST_NEEDLES : MOST_NEEDLES_WITHOUT_VECTORS;
        int mostBytes = hasVectors ? MOST_BYTES : MOST_BYTES_WITHOUT_VECTORS;
        return !needles.isEmpty()
                && needles.size() <= mostNeedles
                && RareBytes.of(needles)
                        .filter(bytes -> bytes.count() <= mostBytes && bytes.share() <= MOST_SHARE)
                        .isPresent();
    }

    /** True if nothing is likely to be faster than {@code memchr}, where it {@link #suits}. */
    public static boolean isFastest(List<Needle> needles) {
        return RareBytes.of(needles)
                .filter(bytes -> bytes.share() <= RARE_SHARE)
                .isPresent();
    }

    /** True if the next window is one for {@code memchr}. */
    public boolean takesNextWindow() {
        if (windowsOfLoops == 0) {
            return true;
        }
        windowsOfLoops--;
        return false;
    }

    /** Takes how a window went that {@code memchr} searched. */
    public void went(MemchrSearch search) {
        if (hasFastLoops && isTooMany(search.failures(), search.searchedBytes())) {
            windowsOfLoops = nextWindowsOfLoops;
            nextWindowsOfLoops = Math.min(2 * nextWindowsOfLoops, MOST_WINDOWS_OF_LOOPS);
        } else {
            nextWindowsOfLoops = WINDOWS_OF_LOOPS;
        }
    }

    /** True if so many places in vain are too many for a stretch of this length. */
    static boolean isTooMany(long failures, long lengthBytes) {
        return failures > Math.max(LEAST_FAILURES, lengthBytes / BYTES_FOR_A_FAILURE);
    }
}
