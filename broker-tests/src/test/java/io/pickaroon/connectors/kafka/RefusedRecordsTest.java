package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.Acknowledgement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** What becomes of a record that the producer or the broker does not take. */
class RefusedRecordsTest extends AtLeastOnceSessions {
    @Test
    void aRecordTooLargeForTheProducerStopsTheSessionByNameOfFileOffsetAndRule() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(
                        directory.resolve("shop.log"), List.of("ERROR", "ERROR " + LogFixture.noise(3_000)));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of("max.request.size", "2000")))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(fatal("shop.log", "offset 6", "'errors'", "max.request.size", "2000"))
                    .verify(PATIENCE);
        }
    }

    @Test
    void aRecordThatOnlyTheBrokerFindsTooLargeStopsTheSessionToo() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        try (LogFixture log = LogFixture.of(
                        directory.resolve("shop.log"), List.of("ERROR", "ERROR " + LogFixture.noise(9_000)));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(fatal("shop.log", "offset 6", "'errors'", "max.message.bytes", "2000"))
                    .verify(PATIENCE);
        }
    }

    @Test
    void refusedRecordsGoToTheDeadLetterTopicCutToFitAndTheOthersArrive() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        broker.createTopic(name + "-dead", 1, Map.of("max.message.bytes", "4000"));
        List<String> lines = errorLines(1_000);
        lines.set(300, "ERROR " + LogFixture.noise(9_000));
        lines.set(301, "ERROR " + LogFixture.noise(2_500));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.ToTopic(name + "-dead")))) {
            List<Acknowledgement> acknowledged =
                    sink.deliver(log.windows(8 * 1024)).collectList().block();

            assertThat(acknowledged.stream()
                            .mapToLong(Acknowledgement::deadLetteredMatches)
                            .sum())
                    .isEqualTo(2);
            assertThat(acknowledged.stream()
                            .mapToLong(Acknowledgement::deadLetteredBytes)
                            .sum())
                    .isEqualTo(lines.get(300).length() + lines.get(301).length());
            List<TopicRecord> letters = broker.read(name + "-dead");
            TopicRecord cut = letters.stream()
                    .filter(letter ->
                            letter.headers().get("pickaroon.dead-letter.length").equals("9006"))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(cut.value())).hasSizeBetween(2_500, 4_000).isSubstringOf(lines.get(300));
            assertThat(cut.headers())
                    .containsEntry("pickaroon.truncated", "true")
                    .containsEntry("pickaroon.dead-letter.topic", name)
                    .containsEntry("pickaroon.rule", "errors")
                    .containsEntry(
                            "log.offset", Long.toString(300L * (lines.getFirst().length() + 1)))
                    .hasEntrySatisfying(
                            "pickaroon.dead-letter.reason",
                            reason -> assertThat(reason).contains("2000"));
            assertThat(letters).anySatisfy(whole -> {
                assertThat(text(whole.value())).isEqualTo(lines.get(301));
                assertThat(whole.headers()).doesNotContainKey("pickaroon.truncated");
            });
            lines.subList(300, 302).clear();
            assertThat(broker.read(name))
                    .extracting(record -> text(record.value()))
                    .containsExactlyElementsOf(lines);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4", "snappy", "gzip", "zstd", "none"})
    void aLetterThatNoCompressionMakesSmallerIsTakenByItsTopic(String compression) throws Exception {
        String letters = name + "-" + compression;
        broker.createTopic(name, 1, Map.of());
        broker.createTopic(letters, 1, Map.of());
        try (LogFixture log = LogFixture.of(
                        directory.resolve("shop.log"),
                        ("ERROR\nERROR " + incompressible(2_000_000) + "\n").getBytes(StandardCharsets.ISO_8859_1));
                KafkaSink sink = new KafkaSink(settings(
                        raw(), Map.of("compression.type", compression), new RefusedRecords.ToTopic(letters)))) {
            Acknowledgement acknowledged = sink.deliver(log.windows(4 << 20)).blockLast();

            assertThat(acknowledged.deadLetteredMatches()).isEqualTo(1);
            assertThat(broker.read(letters))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.value()).hasSizeGreaterThan(1_000_000));
        }
    }

    private static String incompressible(int length) {
        byte[] random = new byte[length];
        new Random(7).nextBytes(random);
        for (int i = 0; i < length; i++) {
            random[i] = random[i] == '\n' ? 0 : random[i];
        }
        return new String(random, StandardCharsets.ISO_8859_1);
    }

    @Test
    void refusedRecordsGoWholeToTheDeadLetterFile() throws Exception {
        broker.createTopic(name, 1, Map.of());
        Path deadLetters = directory.resolve("dead.ndjson");
        String large = "ERROR " + LogFixture.noise(3_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR", large, "ERROR"));
                KafkaSink sink = new KafkaSink(
                        settings(raw(), Map.of("max.request.size", "2000"), new RefusedRecords.ToFile(deadLetters)))) {
            Acknowledgement acknowledged = sink.deliver(log.windows(1 << 20)).blockLast();

            assertThat(acknowledged.deadLetteredMatches()).isEqualTo(1);
            assertThat(acknowledged.deadLetteredBytes()).isEqualTo(large.length());
            assertThat(Files.readAllLines(deadLetters))
                    .singleElement()
                    .asString()
                    .contains(large, "\"offset\":6", name);
            assertThat(broker.read(name)).hasSize(2);
        }
    }
}
