package io.pickaroon.processor.simulation;

import io.pickaroon.processor.input.MaxRate;
import java.util.Optional;
import java.util.SplittableRandom;

/** The rate of the input in a program of one seed: one in three has one. */
public final class SeededRate {
    private SeededRate() {}

    /**
     * Not drawn from the numbers of the program, so that the program of a seed stays what it was.
     *
     * @param leastStretchBytes a power of two
     */
    public static Optional<MaxRate> of(long seed, int leastStretchBytes) {
        SplittableRandom own = new SplittableRandom(~seed);
        return own.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new MaxRate(1L << own.nextInt(14, 21), (long) leastStretchBytes << own.nextInt(6)));
    }
}
