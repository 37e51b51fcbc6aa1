package io.pickaroon.processor.following;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.pickaroon.processor.following.Action.Mode;
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
    private static final int SEEDS = 1_000;
    private static final int DIRECTED_SEEDS = 100;
    private static final int RANDOM_SEED_SECONDS = 2;
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
            run(seed == null ? 0 : seed, seeds == null ? 1 : seeds, Long.MAX_VALUE);
        } else {
            run(0, SEEDS, Long.MAX_VALUE);
            run(ThreadLocalRandom.current().nextInt(), Long.MAX_VALUE, RANDOM_SEED_SECONDS);
        }
    }

    @Test
    void whatCameAndWentBeforeAFileWasReadForTheFirstTimeIsCounted() {
        runForSomeSeeds(
                new Action.Away(),
                new Action.Write(0, 1, true, false),
                new Action.Start(Mode.MASK_WHEN_ROTATED),
                new Action.Truncate(0),
                new Action.Pause(64),
                new Action.Write(0, 6, true, false),
                new Action.Pause(1024),
                new Action.CopyTruncate(0),
                new Action.Steps(36));
    }

    @Test
    void whatWasSeenWhileItsReaderWaitedForADestinationThatIsSilentIsCounted() {
        runForSomeSeeds(
                new Action.Write(1, 4, true, false),
                new Action.Settle(),
                new Action.Write(1, 11, true, false),
                new Action.Silent(),
                new Action.Write(0, 5, true, false),
                new Action.Pause(2048),
                new Action.Write(0, 6, true, false),
                new Action.Pause(1024),
                new Action.Truncate(0),
                new Action.Pause(2048));
    }

    @Test
    void whatWasSeenWhileATurnWaitedAndIsTruncatedBeforeTheTurnGoesOnIsCounted() {
        runForSomeSeeds(
                new Action.Start(Mode.LEAVE),
                new Action.Pause(1024),
                new Action.Write(2, 4, true, false),
                new Action.Write(0, 6, true, false),
                new Action.Silent(),
                new Action.Write(0, 6, true, true),
                new Action.Pause(1024),
                new Action.Write(0, 5, true, false),
                new Action.Pause(1024),
                new Action.Truncate(0),
                new Action.Back(),
                new Action.Pause(1024));
    }

    @Test
    void whatOutgrewItsTruncationUnseenIsCountedAsMoreOfTheSame() {
        runForSomeSeeds(
                new Action.Write(0, 4, false, false),
                new Action.Settle(),
                new Action.Away(),
                new Action.Write(0, 2, true, true),
                new Action.Pause(1024),
                new Action.Truncate(0),
                new Action.Write(0, 5, false, true),
                new Action.Pause(2048),
                new Action.CopyTruncate(0),
                new Action.Pause(2048));
    }

    @Test
    void whatAnEarlierRunHasReadIsNotLostWhateverItsEncoding() {
        runForSomeSeeds(
                new Action.Write(0, 2, true, false),
                new Action.Settle(),
                new Action.Stop(),
                new Action.Start(Mode.LEAVE),
                new Action.Away(),
                new Action.Pause(1024),
                new Action.Truncate(0));
    }

    @Test
    void whatWasReadBeforeATruncationAndADeletionIsCountedWhenItsSessionFails() {
        runForSomeSeeds(
                new Action.Start(Mode.LEAVE),
                new Action.Pause(128),
                new Action.Outage(),
                new Action.Pause(2048),
                new Action.Silent(),
                new Action.Write(0, 2, true, false),
                new Action.Pause(2048),
                new Action.Truncate(0),
                new Action.Pause(2048),
                new Action.Back(),
                new Action.Pause(4),
                new Action.Delete(0));
    }

    @Test
    void whatComesAfterAFileThatIsGoneComesAfterThoseBeforeThatToo() {
        runForSomeSeeds(
                new Action.Start(Mode.LEAVE),
                new Action.Silent(),
                new Action.Write(0, 3, true, false),
                new Action.Pause(1024),
                new Action.Rename(0, false),
                new Action.Reopen(0),
                new Action.Write(0, 4, true, true),
                new Action.Pause(1024),
                new Action.Rename(0, false),
                new Action.Reopen(0),
                new Action.Write(0, 6, true, false),
                new Action.Pause(512),
                new Action.Back(),
                new Action.Outage(),
                new Action.Delete(0),
                new Action.Pause(512),
                new Action.Reopen(0),
                new Action.Write(0, 6, true, false));
    }

    @Test
    void whatWasDeliveredAndIsTruncatedBeforeItIsReadAgainForItsFixesIsNotLost() {
        for (int steps = 0; steps < 24; steps += 3) {
            runForSomeSeeds(
                    new Action.Start(Mode.MASK_WHEN_ROTATED),
                    new Action.Write(0, 1, true, true),
                    new Action.Pause(128),
                    new Action.Away(),
                    new Action.Write(0, 1, true, false),
                    new Action.Pause(2048),
                    new Action.Back(),
                    new Action.Steps(steps),
                    new Action.CopyTruncate(0));
        }
    }

    @Test
    void whatWasTruncatedWhileNoDaemonRanIsKeptWhenItIsDeletedInAnOutage() {
        runForSomeSeeds(
                new Action.Start(Mode.MASK_WHEN_ROTATED),
                new Action.Write(0, 2, true, true),
                new Action.Settle(),
                new Action.Crash(),
                new Action.CopyTruncate(0),
                new Action.Write(0, 1, true, false),
                new Action.Rename(0, true),
                new Action.Start(Mode.MASK_WHEN_ROTATED),
                new Action.Away(),
                new Action.Pause(1024),
                new Action.Compress(0),
                new Action.Pause(256));
    }

    @Test
    void whatADaemonHasReadArrivesAfterItHasDiedTwice() {
        runForSomeSeeds(
                new Action.Start(Mode.MASK),
                new Action.Away(),
                new Action.Write(0, 5, true, true),
                new Action.Pause(512),
                new Action.Back(),
                new Action.Silent(),
                new Action.Pause(1024),
                new Action.Back(),
                new Action.Crash(),
                new Action.Start(Mode.LEAVE),
                new Action.Crash());
    }

    /** Encodings, sizes of windows, limits and lost news of changes are other ones for each. */
    private static void runForSomeSeeds(Action... program) {
        for (long seed = 0; seed < DIRECTED_SEEDS; seed++) {
            requireKept(seed, List.of(program));
        }
    }

    /** As many seeds, or as many seconds, whichever comes first. */
    private static void run(long firstSeed, long seeds, long mostSeconds) {
        long start = System.nanoTime();
        long done = 0;
        double seconds = 0;
        for (; done < seeds && seconds < mostSeconds; done++) {
            requireKept(firstSeed + done, Action.program(new SplittableRandom(firstSeed + done)));
            seconds = (System.nanoTime() - start) / 1e9;
        }
        System.out.printf(
                "following: %,d programs from seed %d, %.1f s, %,.0f a second%n",
                done, firstSeed, seconds, done / seconds);
    }

    private static void requireKept(long seed, List<Action> program) {
        Throwable broken = failure(seed, program);
        if (broken != null) {
            List<Action> shortest = shortened(seed, program);
            throw new AssertionError(
                    "-Dseed=%d: %s%n%s%nof these %d actions is enough:%n%s"
                            .formatted(seed, broken, lines(shortest), program.size(), failure(seed, shortest)),
                    broken);
        }
    }

    private static Throwable failure(long seed, List<Action> program) {
        try {
            new Interpreter(seed, directory.resolve("program")).run(program);
            return null;
        } catch (IOException | RuntimeException | AssertionError e) {
            return e;
        }
    }

    /** Leaves out actions for as long as it still fails. */
    private static List<Action> shortened(long seed, List<Action> program) {
        List<Action> shortest = new ArrayList<>(program);
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int i = shortest.size() - 1; i >= 0; i--) {
                Action left = shortest.remove(i);
                if (failure(seed, shortest) == null) {
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
