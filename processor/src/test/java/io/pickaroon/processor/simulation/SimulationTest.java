package io.pickaroon.processor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Runs the real engine through crashes of every kind, a program for each seed, on one thread and in virtual time; see
 * {@link Simulation}. A seed that fails is run again with its events kept, which the failure shows.
 *
 * <pre>{@code
 * mvn -pl processor -am verify -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dseeds=1000000      that many seeds, from 0 or from -Dseed= on
 *     -Dseed=4711          this one alone
 * }</pre>
 *
 * <p>Without either there are some thousand seeds that are always the same, and some seconds of others, from a random one
 * on, which is printed.
 */
class SimulationTest {
    private static final int SEEDS = 2_500;
    private static final int RANDOM_SEED_SECONDS = 3;

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static Level levelBefore;

    @BeforeAll
    static void silence() {
        levelBefore = ROOT.getLevel();
        ROOT.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        ROOT.setLevel(levelBefore);
    }

    @Test
    void noCrashBreaksAPromise() {
        Long seed = Long.getLong("seed");
        Long seeds = Long.getLong("seeds");
        if (seed != null || seeds != null) {
            run(seed == null ? 0 : seed, seeds == null ? 1 : seeds, Long.MAX_VALUE);
        } else {
            run(0, SEEDS, Long.MAX_VALUE);
            run(ThreadLocalRandom.current().nextInt(), Long.MAX_VALUE, RANDOM_SEED_SECONDS);
        }
    }

    @Test
    void aSeedRepeatsExactly() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(events(seed)).isNotEmpty().isEqualTo(events(seed));
        }
    }

    /** As many seeds, or as many seconds, whichever comes first. */
    private static void run(long firstSeed, long seeds, long mostSeconds) {
        long start = System.nanoTime();
        long done = 0;
        double seconds = 0;
        for (; done < seeds && seconds < mostSeconds; done++) {
            requireKept(firstSeed + done);
            seconds = (System.nanoTime() - start) / 1e9;
        }
        System.out.printf(
                "simulation: %,d seeds from %d, %.1f s, %,.0f a second%n", done, firstSeed, seconds, done / seconds);
    }

    private static void requireKept(long seed) {
        try {
            new Simulation(seed, Trace.none()).run();
        } catch (Throwable broken) {
            throw new AssertionError("-Dseed=%d: %s%n%s".formatted(seed, broken.getMessage(), events(seed)), broken);
        }
    }

    private static String events(long seed) {
        Trace trace = Trace.ofLastEvents();
        try {
            new Simulation(seed, trace).run();
        } catch (Throwable broken) {
            trace.add(broken);
        }
        return trace.toString();
    }
}
