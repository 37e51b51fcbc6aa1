package io.pickaroon.connect.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the rules of generations, and the reader of splits, through schedules of {@link SimulatedWorld}. {@code -Dseeds=100000}
 * runs that many, {@code -Dseed=} that one.
 */
class GenerationSimulationTest {
    private static final int SCHEDULES = 500;
    private static final int MOST_FOR_A_MUTATION = 3_000;

    @Test
    void ownersAgreeAndNothingIsLostDoubledOrTakenForAnotherFile() {
        Long seed = Long.getLong("seed");
        long first = seed == null ? 0 : seed;
        long schedules = Long.getLong("seeds", seed == null ? SCHEDULES : 1);
        long start = System.nanoTime();
        for (long number = first; number < first + schedules; number++) {
            try {
                new SimulatedWorld(number, Mutation.NONE).run().require();
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("-Dseed=%d: %s".formatted(number, broken.getMessage()), broken);
            }
        }
        System.out.printf(
                "generations: %,d schedules from %d, %.1f s%n", schedules, first, (System.nanoTime() - start) / 1e9);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBrokenRuleIsNoticed(Mutation mutation) {
        long seed = 0;
        while (seed < MOST_FOR_A_MUTATION && isKept(seed, mutation)) {
            seed++;
        }
        System.out.printf("generations: %s noticed by schedule %d%n", mutation, seed);
        assertThat(seed).as(mutation.name()).isLessThan(MOST_FOR_A_MUTATION);
    }

    private static boolean isKept(long seed, Mutation mutation) {
        try {
            new SimulatedWorld(seed, mutation).run().require();
            return true;
        } catch (AssertionError broken) {
            return false;
        }
    }
}
