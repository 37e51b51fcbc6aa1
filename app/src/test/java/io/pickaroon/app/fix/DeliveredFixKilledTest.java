package io.pickaroon.app.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.processor.file.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fix --delivered-by} in a process of its own that is killed in the middle, and run again. */
@Timeout(180)
class DeliveredFixKilledTest {
    private static final int SPLIT_BYTES = 8 << 20;
    private static final int SPLITS = 6;
    /** The rule matches what its fix makes, so a record that is fixed twice shows. */
    private static final String BEFORE = "2026-11-30 request of a user ABB took 12 ms; all is well, or so it seems\n";

    private static final String AFTER = BEFORE.replace("ABB", "BAB");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatIsCommittedIsFixedOnceAndNothingElse(long seed) throws Exception {
        Random random = new Random(seed);
        int lines = SPLITS * SPLIT_BYTES / BEFORE.length();
        Path log = Files.writeString(directory.resolve("app.log"), BEFORE.repeat(lines));
        Path configuration = Files.writeString(directory.resolve("pickaroon.yaml"), """
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ "%1$s/*.log" ], windowBytes: 64KiB } ]
            rules: [ { id: sent, match: { regex: '[A]B' }, emit: { topic: t }, fix: { replace: BA } } ]
            output: { console: {} }
            """.formatted(directory));
        try (DeliveringConnector connector = new DeliveringConnector(configuration, SPLIT_BYTES)) {
            int gap = random.nextInt(SPLITS - 1);
            for (int number = 0; number < SPLITS - 1; number++) {
                if (number != gap) {
                    connector.commit(
                            log, 0, number, new Position((number + 1L) * SPLIT_BYTES, false), connector.rules());
                }
            }
            String[] arguments = {
                "fix",
                "-c",
                configuration.toString(),
                "--delivered-by",
                connector.url(),
                "--state",
                directory.resolve("state").toString()
            };
            byte[] expected = expected(lines, gap);
            int kills = 0;
            for (int attempt = 0; attempt < 3 && !Arrays.equals(Files.readAllBytes(log), expected); attempt++) {
                FileTime found = Files.getLastModifiedTime(log);
                try (ForkedProgram program = ForkedProgram.start(directory, arguments)) {
                    await().atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> !program.process().isAlive()
                                    || !Files.getLastModifiedTime(log).equals(found));
                    Thread.sleep(random.nextInt(100));
                    kills += program.process().isAlive() ? 1 : 0;
                    program.kill();
                }
            }
            assertThat(kills).isPositive();

            CommandRun run = CommandRun.of((Object[]) arguments);

            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(Arrays.mismatch(Files.readAllBytes(log), expected)).isEqualTo(-1);
        }
    }

    /** A record belongs to the split in which it starts; of the last split nothing is committed. */
    private static byte[] expected(int lines, int gap) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            int split = line * BEFORE.length() / SPLIT_BYTES;
            text.append(split == gap || split == SPLITS - 1 ? BEFORE : AFTER);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
