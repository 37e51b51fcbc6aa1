package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that may have fewer descriptors than there are logs. */
class FewDescriptorsTest {
    private static final int LOGS = 300;

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(directory.resolve("logs"));
        for (int i = 0; i < LOGS; i++) {
            Files.writeString(directory.resolve("logs/" + i + ".log"), "entry " + i + "\n");
        }
        Files.writeString(directory.resolve("c.yaml"), """
            checkpoint: { path: %1$s/state/checkpoint }
            inputs: [ { id: logs, include: [ '%1$s/logs/*.log' ] } ]
            rules: [ { id: all, match: { literal: entry }, emit: { topic: t } } ]
            output: { file: { path: %1$s/out } }
            """.formatted(directory));
    }

    @Test
    void allLogsAreReadToTheirEnd() throws Exception {
        try (ForkedProgram program = start("run", "-c", directory + "/c.yaml", "--once")) {
            assertThat(program.end(60)).as(program.errors()).isZero();
            assertThat(delivered()).isEqualTo(LOGS);
            assertThat(program.errors()).containsOnlyOnce("files are kept open at most, not 256");
        }
    }

    @Test
    void allLogsAreFollowed() throws Exception {
        try (ForkedProgram program = start("run", "-c", directory + "/c.yaml")) {
            awaitDelivered(LOGS, program);
            for (int i = 0; i < LOGS; i++) {
                Files.writeString(directory.resolve("logs/" + i + ".log"), "entry 2\n", StandardOpenOption.APPEND);
            }
            awaitDelivered(2 * LOGS, program);
            assertThat(program.endBy("TERM")).isEqualTo(143);
            assertThat(program.errors()).doesNotContain("ERROR", "too many", "Too many");
        }
    }

    private ForkedProgram start(String... arguments) throws IOException {
        return ForkedProgram.startWithin(160, directory, arguments);
    }

    private void awaitDelivered(int count, ForkedProgram program) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(delivered()).as(program.errors()).isEqualTo(count));
    }

    private long delivered() throws IOException {
        Path out = directory.resolve("out");
        if (!Files.exists(out)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(out)) {
            return lines.count();
        }
    }
}
