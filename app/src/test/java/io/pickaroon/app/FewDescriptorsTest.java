package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process that may have fewer descriptors than there are logs. */
@Execution(ExecutionMode.CONCURRENT)
class FewDescriptorsTest {
    private static final int LOGS = 300;
    /** Enough for Java to start, and too few for a run that delivers to Kafka. */
    private static final int FEWEST = 100;

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

    @Test
    void aRunThatCouldNotReachItsBrokersIsRefusedAndOneWithWhatItNeedsDeliversAllThroughRotation() throws Exception {
        Path brokerDirectory = Files.createDirectory(directory.resolve("broker"));
        try (ForkedProgram broker = ForkedProgram.start(
                brokerDirectory, "dev-broker", "--port", "0", "--data", brokerDirectory + "/data", "--topics", "t")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> broker.output().contains("READY bootstrap="));
            String bootstrap = broker.output().replaceAll("(?s).*READY bootstrap=(\\S+).*", "$1");
            Path configuration = directory.resolve("c.yaml");
            Files.writeString(
                    configuration,
                    Files.readString(configuration)
                            .replaceAll(
                                    "output: .*",
                                    "output: { kafka: { bootstrapServers: '" + bootstrap + "' } }\nhttp: { port: 0 }"));
            int needed = neededAtLeast(configuration);
            deliverAllThroughRotation(needed, configuration);
        }
    }

    /** As a run says that is refused. */
    private int neededAtLeast(Path configuration) throws Exception {
        try (ForkedProgram refused = ForkedProgram.startWithin(FEWEST, directory, "run", "-c", "" + configuration)) {
            assertThat(refused.end(60)).as(refused.errors()).isEqualTo(1);
            assertThat(refused.errors())
                    .contains(
                            "\npickaroon: this process may have " + FEWEST + " file descriptors, uses ",
                            "raise the limit (ulimit -n, or LimitNOFILE= in systemd)");
            assertThat(directory.resolve("state/checkpoint")).doesNotExist();
            return Integer.parseInt(refused.errors().replaceAll("(?s).*needs at least (\\d+);.*", "$1"));
        }
    }

    private void deliverAllThroughRotation(int descriptors, Path configuration) throws Exception {
        try (ForkedProgram program =
                ForkedProgram.startWithin(descriptors, directory, "run", "-c", "" + configuration)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> program.errors().contains("delivers to Kafka"));
            for (int i = 0; i < LOGS; i += 100) {
                Path log = directory.resolve("logs/" + i + ".log");
                Files.writeString(log, "entry 2\n", StandardOpenOption.APPEND);
                Files.move(log, directory.resolve("logs/" + i + ".log.1"));
                Files.writeString(log, "entry 3\n");
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(metrics(program))
                            .as(program.errors())
                            .containsPattern("pickaroon_emitted_records_total\\{[^}]*} " + (LOGS + 6) + "\\.0\n"));
            assertThat(program.endBy("TERM")).isEqualTo(143);
            assertThat(program.errors())
                    .contains((LOGS + 6) + " matches emitted, 0 dead-lettered")
                    .containsPattern("lost +- +0\n")
                    .doesNotContain("ERROR", "too many", "Too many");
        }
    }

    private static String metrics(ForkedProgram program) throws Exception {
        URI page = URI.create(program.errors().replaceAll("(?s).*status at (http://\\S+).*", "$1/metrics"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
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
