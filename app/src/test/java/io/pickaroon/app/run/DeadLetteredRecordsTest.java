package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be sent as their rules say: each goes to the dead letters, with its reason, and is counted. */
@Timeout(120)
class DeadLetteredRecordsTest {
    private static final int NAMES = 10_000;
    private static final int MOST_TOPICS = 20;

    @TempDir
    private Path directory;

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void eachReasonIsInTheLetterInTheLedgerAndInTheMetrics() throws Exception {
        String longText = "x".repeat(5_000);
        Files.writeString(directory.resolve("a.log"), """
            {"kind":"key","a":"1"}
            {"kind":"header","a":"2"}
            {"kind":"topic","a":"3"}
            {"kind":"topic","a":"4","service":""}
            {"kind":"group","a":"5"}
            {"kind":"long","a":"6","service":"%s"}
            {"kind":"wide","a":"7","service":"%s"}
            {"kind":"fine","a":"8","service":"s"}
            no JSON, kind":"key"
            """.formatted(longText, longText));
        Path configuration = Files.writeString(
                directory.resolve("c.yaml"), """
                    instance: dead-letters
                    checkpoint: { path: %1$s/checkpoint }
                    http: { port: 0 }
                    inputs: [ { id: app, include: [ %1$s/a.log ], parse: json } ]
                    rules:
                      - { id: key, match: { literal: 'kind":"key' }, emit: { topic: out-a, key: 'k-{field.service}' } }
                      - { id: header, match: { literal: 'kind":"header' }, emit: { topic: out-a, headers: [ { svc: '{field.service}' } ] } }
                      - { id: topic, match: { literal: 'kind":"topic' }, emit: { topic: 'out-{field.service}' } }
                      - { id: group, match: { regex: 'kind":"group(?<no>no)?' }, emit: { topic: 'out-{group.no}', key: '{field.no:d}' } }
                      - { id: long, match: { literal: 'kind":"long' }, emit: { topic: out-a, key: '{field.service}' } }
                      - { id: wide, match: { literal: 'kind":"wide' }, emit: { topic: 'out-{field.service}' } }
                      - { id: fine, match: { literal: 'kind":"fine' }, emit: { topic: 'out-{field.service}', key: '{field.service}' } }
                    %2$s
                    """.formatted(directory, broker.output("deadLetter: { topic: dead-a }")));

        try (ForkedProgram program = ForkedProgram.start(directory, "run", "-c", configuration.toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> program.page("/metrics").contains("missing-name\"} 6"));
            assertThat(program.page("/metrics").lines().filter(line -> line.matches("pickaroon_(refused|dead).*")))
                    .contains(
                            "pickaroon_refused_records_total{input=\"app\",reason=\"missing-name\"} 6.0",
                            "pickaroon_refused_records_total{input=\"app\",reason=\"key-too-long\"} 1.0",
                            "pickaroon_refused_records_total{input=\"app\",reason=\"invalid-topic\"} 1.0",
                            "pickaroon_dead_lettered_records_total{input=\"app\"} 8.0");
            assertThat(program.page("/status"))
                    .contains(
                            "\"deadLettered\":{\"invalid-topic\":1,\"key-too-long\":1,\"missing-name\":6}",
                            "\"unparsedRecords\":1",
                            "\"input app: records that do not parse, so that they have no field: 1\"",
                            "\"input app: dead-lettered: 6 missing-name\"");
            assertThat(program.endBy("TERM")).isEqualTo(143);
            assertThat(program.errors().lines().filter(line -> line.contains("it is written as a dead letter")))
                    .as("one line for each rule and reason")
                    .hasSize(6)
                    .anyMatch(line -> line.contains("rule 'key', the record in " + directory + "/a.log at offset 0: it"
                            + " is refused: its key has no value for {field.service}"))
                    .anyMatch(line -> line.contains("rule 'long'") && line.contains("more than 1024 bytes"));
            assertThat(program.errors().lines().filter(line -> line.contains("does not parse")))
                    .singleElement()
                    .asString()
                    .contains("input app: the record in " + directory + "/a.log at offset "
                            + Files.readString(directory.resolve("a.log")).indexOf("no JSON"));
            assertThat(program.errors().lines())
                    .anyMatch(line -> line.contains("1 matches emitted, 8 dead-lettered"))
                    .contains(
                            "  dead-lettered: 6 missing-name",
                            "  dead-lettered: 1 key-too-long",
                            "  dead-lettered: 1 invalid-topic");
        }
        assertThat(broker.read(List.of("out-s"))).singleElement().satisfies(fine -> {
            assertThat(fine.key()).asString(UTF_8).isEqualTo("s");
        });
        Map<String, String> reasons = new HashMap<>();
        broker.read(List.of("dead-a")).forEach(letter -> reasons.put(text(letter.value()), reason(letter)));
        assertThat(reasons)
                .hasSize(8)
                .containsEntry("{\"kind\":\"key\",\"a\":\"1\"}", "out-a: its key has no value for {field.service}")
                .containsEntry("no JSON, kind\":\"key\"", "out-a: its key has no value for {field.service}")
                .containsEntry(
                        "{\"kind\":\"header\",\"a\":\"2\"}", "out-a: its header 'svc' has no value for {field.service}")
                .containsEntry(
                        "{\"kind\":\"topic\",\"a\":\"3\"}",
                        "out-{field.service}: its topic has no value for {field.service}")
                .containsEntry(
                        "{\"kind\":\"topic\",\"a\":\"4\",\"service\":\"\"}",
                        "out-{field.service}: its topic has no value for {field.service}")
                .containsEntry(
                        "{\"kind\":\"group\",\"a\":\"5\"}", "out-{group.no}: its topic has no value for {group.no}")
                .containsEntry(
                        "{\"kind\":\"long\",\"a\":\"6\",\"service\":\"" + longText + "\"}",
                        "out-a: its key has more than 1024 bytes")
                .containsEntry(
                        "{\"kind\":\"wide\",\"a\":\"7\",\"service\":\"" + longText + "\"}",
                        "out-{field.service}: its topic has more than the 249 characters that Kafka allows");
    }

    @Test
    void tenThousandTopicsOfBadDataAreAFewTopicsAndDeadLettersForTheRest() throws Exception {
        List<String> lines = IntStream.range(0, NAMES)
                .mapToObj("ERROR service=%05d/../ä\u0001 failed"::formatted)
                .toList();
        Files.write(directory.resolve("b.log"), lines);
        Path configuration = Files.writeString(directory.resolve("c.yaml"), """
            instance: many-topics
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ %1$s/b.log ], parse: { regex: 'service=(?<service>\\S+)' } } ]
            rules:
              - { id: errors, match: { literal: ERROR }, emit: { topic: 'bad-{field.service}' } }
            %2$s
            """.formatted(
                        directory, broker.output("deadLetter: { topic: dead-b }\n    maxTopics: " + MOST_TOPICS)));

        CommandRun run = CommandRun.of("run", "-c", configuration, "--once");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.errors().lines())
                .anyMatch(line -> line.contains("20 matches emitted, 9,980 dead-lettered"))
                .contains("  dead-lettered: 9,980 too-many-topics");
        assertThat(run.errors().lines().filter(line -> line.contains("each becomes '_'")))
                .hasSize(1);
        List<String> topics = broker.topics().stream()
                .filter(topic -> topic.startsWith("bad-"))
                .toList();
        assertThat(topics).hasSize(MOST_TOPICS).allMatch(topic -> topic.matches("bad-\\d{5}_\\.\\.___"));
        Set<String> received = new HashSet<>();
        assertThat(broker.read(topics)).hasSize(MOST_TOPICS).allSatisfy(record -> {
            assertThat(record.topic()).startsWith("bad-" + text(record.value()).substring(14, 19));
            received.add(text(record.value()));
        });
        List<ConsumerRecord<byte[], byte[]>> letters = broker.read(List.of("dead-b"));
        assertThat(letters).hasSize(NAMES - MOST_TOPICS).allSatisfy(letter -> {
            received.add(text(letter.value()));
            assertThat(reason(letter)).endsWith("is one more than output.kafka.maxTopics allows, which is 20");
        });
        assertThat(received).hasSize(NAMES).containsAll(lines);

        CommandRun again = CommandRun.of("run", "-c", configuration, "--once", "--from-beginning");
        assertThat(again.exitCode()).as(again.errors()).isZero();
        assertThat(broker.topics().stream().filter(topic -> topic.startsWith("bad-")))
                .containsExactlyElementsOf(topics);
    }

    @Test
    void aDryRunCountsWhatTheRunThenCounts() throws Exception {
        Files.writeString(directory.resolve("d.log"), """
            {"service":"a","at":"2026-01-02T03:04:05Z"}
            {"service":"b","at":"soon"}
            {"service":"c"}
            {"service":"a"}
            {"at":"2026-01-02T03:04:05Z"}
            """);
        Path configuration = Files.writeString(directory.resolve("d.yaml"), """
            instance: dry
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ %1$s/d.log ], parse: json } ]
            rules:
              - id: all
                match: { literal: '{' }
                emit:
                  topic: 'dry-{field.service}'
                  timestamp: { from: '{field.at}', format: ISO_OFFSET_DATE_TIME }
            %2$s
            """.formatted(
                        directory, broker.output("deadLetter: { topic: dead-d }\n    maxTopics: 2")));

        CommandRun dry = CommandRun.of("run", "-c", configuration, "--dry-run", "--once");
        CommandRun run = CommandRun.of("run", "-c", configuration, "--once");

        assertThat(dry.exitCode()).as(dry.errors()).isZero();
        assertThat(run.exitCode()).as(run.errors()).isZero();
        List<String> ledger = List.of(
                "  dead-lettered: 1 missing-name",
                "  dead-lettered: 1 too-many-topics",
                "  sent with the time of reading: 1, timestamp missing",
                "  sent with the time of reading: 1, timestamp unreadable");
        assertThat(run.errors().lines()).containsAll(ledger);
        assertThat(dry.output().lines())
                .containsAll(ledger)
                .contains("rule all: 3 records to topic dry-{field.service}, 2 dead letters")
                .anyMatch(line -> line.contains("3 matches emitted, 2 dead-lettered"));
        assertThat(dry.errors())
                .contains("d.log at offset "
                        + Files.readString(directory.resolve("d.log")).indexOf("{\"service\":\"c")
                        + ": topic 'dry-c' is one more than output.kafka.maxTopics allows, which is 2; a run writes it"
                        + " as a dead letter");
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return text(letter.headers().lastHeader("pickaroon.dead-letter.topic").value()) + ": "
                + text(letter.headers()
                        .lastHeader("pickaroon.dead-letter.reason")
                        .value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
