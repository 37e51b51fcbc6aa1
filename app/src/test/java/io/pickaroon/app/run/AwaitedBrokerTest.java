package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.SampleConfiguration;
import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.broker.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --once} and the brokers that it waits for: absent, dying, and without the topic. */
@Timeout(400)
class AwaitedBrokerTest {
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private Path directory;

    private SampleConfiguration sample;

    @BeforeEach
    void makeDirectory() throws IOException {
        sample = new SampleConfiguration(Files.createDirectory(directory.resolve("logs")));
    }

    @Test
    void givesUpWhenNoBrokerAnswersAndSaysWhatWasWaitedForAndWhatElseThereIs() throws IOException {
        Files.writeString(sample.log(), "ERROR one\n");
        CommandRun run = CommandRun.of("run", "-c", kafka(NOBODY, ""), "--once", "--wait", "3s");

        assertThat(run.exitCode()).as(run.errors()).isEqualTo(1);
        assertThat(run.errors())
                .containsPattern(
                        "pickaroon: Kafka at 127.0.0.1:1: no broker has answered for \\d+ s, and a run with --once")
                .contains("--wait", "nothing is lost", "run --once --dev", "pickaroon dev-broker");
        assertThat(run.errors().lines().filter(line -> line.startsWith("WARN")))
                .singleElement()
                .asString()
                .containsPattern(
                        "127.0.0.1:1: no broker answers for \\d+ s, gives up after 3 s \\(--wait\\); retrying");
        assertThat(CommandRun.of("checkpoint", "fsck", sample.checkpoint()).exitCode())
                .isZero();
    }

    @Test
    void givesUpWithoutInputFilesTooAndSaysWhatMatchedNothing() throws IOException {
        CommandRun run = CommandRun.of("run", "-c", kafka(NOBODY, ""), "--once", "--wait", "1s");

        assertThat(run.exitCode()).as(run.errors()).isEqualTo(1);
        assertThat(run.errors())
                .contains("WARN input app has no files: no file matches " + sample.directory() + "/*.log")
                .contains("no broker has answered for ");
    }

    @Test
    void aTerminalShowsWhatIsWaitedForInsteadOfBytes() throws IOException {
        Files.writeString(sample.log(), "ERROR one\n");
        CommandRun run = CommandRun.onTerminal("run", "-c", kafka(NOBODY, ""), "--once", "--wait", "3s");

        assertThat(run.exitCode()).as(run.errors()).isEqualTo(1);
        assertThat(run.errors())
                .containsPattern("waiting for Kafka at 127.0.0.1:1, [0-9]+ s")
                .doesNotContain("0 B");
    }

    @Test
    void aWaitIsForRunsThatEndAndADuration() throws IOException {
        Path file = kafka(NOBODY, "");
        CommandRun daemon = CommandRun.of("run", "-c", file, "--wait", "5s");
        assertThat(daemon.exitCode()).isEqualTo(2);
        assertThat(daemon.errors()).startsWith("pickaroon run: --wait needs --once; a run that follows files waits");

        CommandRun odd = CommandRun.of("run", "-c", file, "--once", "--wait", "5sec");
        assertThat(odd.exitCode()).isEqualTo(2);
        assertThat(odd.errors()).contains("a duration from 1s to 3650d", "did you mean '5s'?");
    }

    @Test
    void aBrokerThatDiesInTheMiddleAndStaysAwayEndsTheRunAndTheNextOneDeliversTheRestOnce() throws Exception {
        List<String> lines = IntStream.range(0, 1_000_000)
                .mapToObj(i -> "ERROR %07d of a log that is long enough to be in the middle of".formatted(i))
                .toList();
        Files.write(sample.log(), lines);
        Path java = CommandRun.installation().javaExecutable();
        Path lib = CommandRun.installation().brokerLibDirectory();
        try (DevBrokerProcess broker = DevBrokerProcess.start(java, lib, 0, directory.resolve("broker"))) {
            String file = kafka(broker.bootstrapServers(), ", createTopics: { partitions: 1, replicationFactor: 1 }")
                    .toString();
            try (ForkedProgram run = ForkedProgram.start(directory, "run", "-c", file, "--once", "--wait", "6s")) {
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> run.errors().contains("delivers to Kafka at"));
                broker.kill();

                assertThat(run.end(150)).as(run.errors()).isEqualTo(1);
                assertThat(run.errors())
                        .contains("Kafka at " + broker.bootstrapServers() + ": no broker has", "--once does not wait");
            }
            assertThat(CommandRun.of("checkpoint", "fsck", sample.checkpoint()).exitCode())
                    .isZero();

            broker.restart();
            CommandRun next = CommandRun.of("run", "-c", file, "--once");
            assertThat(next.exitCode()).as(next.errors()).isZero();
            List<String> received = new ArrayList<>();
            new TopicReader(broker.bootstrapServers(), Map.of())
                    .readAll(
                            List.of("app-errors"),
                            Duration.ofSeconds(30),
                            record -> received.add(new String(record.value(), StandardCharsets.UTF_8)));
            assertThat(received).isEqualTo(lines);
        }
    }

    @Test
    void aBrokerWithoutTheTopicIsSaidWithEveryWayOutAndCreateTopicsIsOne() throws Exception {
        Files.writeString(sample.log(), "ERROR one\n");
        Path java = CommandRun.installation().javaExecutable();
        Path lib = CommandRun.installation().brokerLibDirectory();
        try (DevBrokerProcess broker = DevBrokerProcess.startTemporary(java, lib, 0)) {
            CommandRun without = CommandRun.of("run", "-c", kafka(broker.bootstrapServers(), ""), "--once");
            assertThat(without.exitCode()).as(without.errors()).isEqualTo(1);
            assertThat(without.errors())
                    .contains(
                            "has no topic 'app-errors' (rule 'errors'); to have it created, add to output.kafka:"
                                    + " createTopics: { partitions: 1, replicationFactor: 1 }",
                            "pickaroon dev-broker --topics app-errors");

            Path creating = kafka(broker.bootstrapServers(), ", createTopics: { partitions: 2, replicationFactor: 1 }");
            CommandRun with = CommandRun.of("run", "-c", creating, "--once");
            assertThat(with.exitCode()).as(with.errors()).isZero();
            assertThat(with.errors())
                    .contains("created topic 'app-errors' (rule 'errors'): 2 partitions, replication factor 1")
                    .contains("1 matches emitted");
        }
    }

    private Path kafka(String bootstrapServers, String more) throws IOException {
        return sample.write("output: { kafka: { bootstrapServers: '%s'%s } }".formatted(bootstrapServers, more));
    }
}
