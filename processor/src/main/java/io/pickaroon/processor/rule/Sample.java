package io.pickaroon.processor.rule;

/**
 * How many of a rule's matches are emitted: on average one in so many. The hash of a match's id decides, see {@link
 * MatchIds#hash}, so that a match that comes again is chosen again, or left out again.
 *
 * @param oneIn 1 to {@link #MOST}
 */
public record Sample(int oneIn) {
    public static final int MOST = 1_000_000;

    /** Every match is emitted. */
    public static final Sample ALL = new Sample(1);

    /** @throws IllegalArgumentException if the number is out of its bounds */
    public Sample {
        if (oneIn < 1 || oneIn > MOST) {
            throw new IllegalArgumentException("expected one in 1 to %d, not in %d".formatted(MOST, oneIn));
        }
    }

    /** True if no match is left out. */
    public boolean isAll() {
        return oneIn == 1;
    }

    /** True for the ids of which the hash, as an unsigned number, is a multiple of {@link #oneIn}. */
    public boolean chooses(long hash) {
        return Long.remainderUnsigned(hash, oneIn) == 0;
    }
}
