package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What brokers refuse of one topic does not touch the records of others that stand in the same transaction. */
@Timeout(120)
class RefusedInOneTopicTest {
    private static final int LINES = 2_000;

    @TempDir
    private Path directory;

    @Test
    void recordsWithoutAKeyForACompactedTopicAreTheOnlyDeadLetters() throws Exception {
        List<String> lines = IntStream.range(0, LINES)
                .mapToObj(n -> "n=" + n + (n % 10 == 3 ? " COMP" : " GOOD"))
                .toList();
        Files.write(directory.resolve("a.log"), lines);
        try (TestBroker broker = TestBroker.start()) {
            broker.createTopic("compact", Map.of("cleanup.policy", "compact"));
            Path configuration = Files.writeString(directory.resolve("c.yaml"), """
                instance: refused-in-one
                checkpoint: { path: %1$s/checkpoint }
                inputs: [ { id: app, include: [ %1$s/a.log ] } ]
                rules:
                  - { id: comp, match: { literal: COMP }, emit: { topic: compact } }
                  - { id: good, match: { literal: GOOD }, emit: { topic: good, key: '{offset}' } }
                %2$s
                """.formatted(
                            directory, broker.output("deadLetter: { topic: dead }")));

            CommandRun run = CommandRun.of("run", "--once", "-c", configuration.toString());

            assertThat(run.errors()).contains("1,800 matches emitted, 200 dead-lettered");
            assertThat(texts(broker, "good")).isEqualTo(linesWith(lines, "GOOD"));
            assertThat(texts(broker, "dead")).isEqualTo(linesWith(lines, "COMP"));
        }
    }

    private static Set<String> linesWith(List<String> lines, String text) {
        return lines.stream().filter(line -> line.contains(text)).collect(Collectors.toSet());
    }

    private static Set<String> texts(TestBroker broker, String topic) {
        return broker.read(List.of(topic)).stream()
                .map(letter -> new String(letter.value(), UTF_8))
                .collect(Collectors.toSet());
    }
}
