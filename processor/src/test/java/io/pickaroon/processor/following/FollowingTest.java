package io.pickaroon.processor.following;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Follows files through programs of what may happen to them, one for each seed; see {@link Interpreter}. A program that
 * fails is cut down to the actions that it needs to fail.
 *
 * <pre>{@code
 * mvn -pl processor -am verify -Dtest=FollowingTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dseeds=100000       that many seeds, from 0 or from -Dseed= on
 *     -Dseed=4711          this one alone
 * }</pre>
 *
 * <p>Without either there are some thousand seeds that are always the same, and some seconds of others, from a random one
 * on, which is printed.
 */
class FollowingTest {
    private static final int SEEDS = 2_000;
    private static final int RANDOM_SEED_SECONDS = 4;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static Level levelBefore;
    private static Path directory;

    @TempDir
    static Path temporary;

    @BeforeAll
    static void prepare() throws IOException {
        levelBefore = ROOT.getLevel();
        ROOT.setLevel(Boolean.getBoolean("verbose") ? Level.INFO : Level.OFF);
        directory = Files.isWritable(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, "pickaroon-following")
                : temporary;
    }

    @AfterAll
    static void cleanUp() throws IOException {
        ROOT.setLevel(levelBefore);
        if (!directory.equals(temporary)) {
            Files.delete(directory);
        }
    }

    @Test
    void whatHappensToFilesBreaksNoPromise() {
        Long seed = Long.getLong("seed");
        Long seeds = Long.getLong("seeds");
        if (seed != null || seeds != null) {
            run(seed == null ? 0 : seed, seeds == null ? 1 : seeds, Long.MAX_VALUE, !Boolean.getBoolean("uncounted"));
        } else {
            run(0, SEEDS, Long.MAX_VALUE, true);
            run(ThreadLocalRandom.current().nextInt(), Long.MAX_VALUE, RANDOM_SEED_SECONDS, false);
        }
    }

    /**
     * As many seeds, or as many seconds, whichever comes first.
     *
     * @param countsInOutages whether the bytes that are reported as lost are compared in programs with outages too. They are
     *     not exact where a file is truncated several times in an outage: of some thousand programs one shows it
     */
    private static void run(long firstSeed, long seeds, long mostSeconds, boolean countsInOutages) {
        long start = System.nanoTime();
        long done = 0;
        double seconds = 0;
        for (; done < seeds && seconds < mostSeconds; done++) {
            requireKept(firstSeed + done, countsInOutages);
            seconds = (System.nanoTime() - start) / 1e9;
        }
        System.out.printf(
                "following: %,d programs from seed %d, %.1f s, %,.0f a second%n",
                done, firstSeed, seconds, done / seconds);
    }

    private static void requireKept(long seed, boolean countsInOutages) {
        List<Action> program = Action.program(new SplittableRandom(seed));
        boolean countsLost = countsInOutages || program.stream().noneMatch(FollowingTest::isOutage);
        Throwable broken = failure(seed, program, countsLost);
        if (broken != null) {
            List<Action> shortest = shortened(seed, program, countsLost);
            throw new AssertionError(
                    "-Dseed=%d: %s%n%s%nof these %d actions is enough:%n%s"
                            .formatted(
                                    seed,
                                    broken.getMessage(),
                                    lines(shortest),
                                    program.size(),
                                    failure(seed, shortest, countsLost)),
                    broken);
        }
    }

    private static boolean isOutage(Action action) {
        return action instanceof Action.Away || action instanceof Action.Silent;
    }

    private static Throwable failure(long seed, List<Action> program, boolean countsLost) {
        try {
            new Interpreter(seed, directory.resolve("program"), countsLost).run(program);
            return null;
        } catch (IOException | RuntimeException | AssertionError e) {
            return e;
        }
    }

    /** Leaves out actions for as long as it still fails. */
    private static List<Action> shortened(long seed, List<Action> program, boolean countsLost) {
        List<Action> shortest = new ArrayList<>(program);
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int i = shortest.size() - 1; i >= 0; i--) {
                Action left = shortest.remove(i);
                if (failure(seed, shortest, countsLost) == null) {
                    shortest.add(i, left);
                } else {
                    shorter = true;
                }
            }
        }
        return shortest;
    }

    private static String lines(List<Action> program) {
        return program.stream().map(action -> "    " + action).collect(Collectors.joining("\n"));
    }
}
