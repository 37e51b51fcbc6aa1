package io.pickaroon.connect.task;

import io.pickaroon.connect.settings.ConnectorConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs whole tasks over real files through schedules of {@link TaskWorld}. {@code -Dseeds=100000} runs that many, {@code -Dseed=}
 * that one, both together that many from it on:
 *
 * <pre>
 *   mvn -q -pl connect -am test -Dtest=TaskSimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dseeds=100000
 * </pre>
 *
 * <p>Which schedule is the first to notice that a rule is taken out of the code is in
 * {@code benchmarks/results/2026-11-30-connect.md}: after a change of the schedules it is to be found out again.
 */
class TaskSimulationTest {
    private static final int SCHEDULES = 40;

    @TempDir
    Path directory;

    private final Map<String, ConnectorConfig> configs = new HashMap<>();

    @Test
    void everyRecordThatCouldBeReadIsThereOnceAndInOrder() throws Exception {
        Long seed = Long.getLong("seed");
        long first = seed == null ? 0 : seed;
        long schedules = Long.getLong("seeds", seed == null ? SCHEDULES : 1);
        long start = System.nanoTime();
        for (long number = first; number < first + schedules; number++) {
            try (TaskWorld world = new TaskWorld(number, directory, configs)) {
                world.run().require();
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("-Dseed=%d: %s".formatted(number, broken.getMessage()), broken);
            }
        }
        System.out.printf(
                "tasks: %,d schedules from %d, %.1f s%n", schedules, first, (System.nanoTime() - start) / 1e9);
    }
}
