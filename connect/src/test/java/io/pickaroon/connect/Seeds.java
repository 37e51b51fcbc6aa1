package io.pickaroon.connect;

import java.util.Random;
import java.util.SplittableRandom;

/** Random numbers of tests that run many seeds, one after the other. */
public final class Seeds {
    private Seeds() {}

    /** Repeats exactly for a seed. Those of seeds that follow each other have nothing in common. */
    public static Random random(long seed) {
        // The first numbers of a Random that is made with one of them are much alike.
        return new Random(new SplittableRandom(seed).nextLong());
    }
}
