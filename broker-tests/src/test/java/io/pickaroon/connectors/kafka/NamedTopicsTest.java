package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Partition;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Topics and keys that records name. */
class NamedTopicsTest extends AtLeastOnceSessions {
    private static final int LINES = 10_000;

    @Test
    void tenThousandNamesOfBadDataGoToTheDeadLettersAndTheOthersArrive() throws Exception {
        List<String> lines = errorLines(LINES);
        int lineBytes = lines.getFirst().length() + 1;
        broker.createTopic(name + "-0", 1, Map.of());
        broker.createTopic(name + "-" + 5_000 * lineBytes, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = sink(FormFixture.toTopic(name + "-{offset}").refused(deadLetters()))) {
            List<Acknowledgement> acknowledged =
                    sink.deliver(log.windows(100_000)).collectList().block(PATIENCE);

            assertThat(acknowledged.stream()
                            .mapToLong(Acknowledgement::emittedMatches)
                            .sum())
                    .isEqualTo(2);
            assertThat(reasons(acknowledged).deadLetters()).isEqualTo(Map.of("unknown-topic", LINES - 2L));
            assertThat(acknowledged.stream()
                            .mapToLong(Acknowledgement::deadLetteredMatches)
                            .sum())
                    .isEqualTo(LINES - 2);
        }
        assertThat(broker.values(name + "-0")).containsExactly(lines.getFirst());
        assertThat(broker.values(name + "-" + 5_000 * lineBytes)).containsExactly(lines.get(5_000));
        List<String> letters = Files.readAllLines(directory.resolve("dead.ndjson"));
        assertThat(letters).hasSize(LINES - 2);
        assertThat(letters.getFirst())
                .contains(
                        "\"topic\":\"" + name + "-" + lineBytes + "\"",
                        "\"reason\":\"topic '" + name + "-" + lineBytes + "' does not exist\"");
    }

    @Test
    void asManyAreCreatedAsThereMayBe() throws Exception {
        List<String> lines = errorLines(20);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink =
                        sink(FormFixture.toTopic(name + "-{offset}").created(5).refused(deadLetters()))) {
            List<Acknowledgement> acknowledged =
                    sink.deliver(log.windows(200)).collectList().block(PATIENCE);
            assertThat(reasons(acknowledged).deadLetters()).isEqualTo(Map.of("too-many-topics", 15L));
        }
        assertThat(topics(name)).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(broker.values(name + "-" + i * (lines.getFirst().length() + 1)))
                    .containsExactly(lines.get(i));
        }
        assertThat(Files.readString(directory.resolve("dead.ndjson"))).contains("output.kafka.maxTopics allows");
    }

    @Test
    void oneThatIsDeletedEndsTheSessionAndThenItsRecordsAreRefused() throws Exception {
        broker.createTopic(name + "-shop.log", 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR one"));
                KafkaSink sink = sink(FormFixture.toTopic(name + "-{file.name}").refused(deadLetters()))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            Flux<Acknowledgement> afterIt = sink.deliver(Flux.concat(
                    log.windows(1 << 20),
                    Flux.defer(() -> {
                                delete(name + "-shop.log");
                                return Flux.range(0, 1);
                            })
                            .flatMap(_ -> windowsOf(log))));
            StepVerifier.create(afterIt.ignoreElements())
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    delivery ->
                                            assertThat(delivery.isRetryable()).isTrue())
                            .hasMessageContaining("no longer has topic '" + name + "-shop.log' (records)"))
                    .verify(PATIENCE);

            Acknowledgement refused = sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            assertThat(refused.reasons().deadLetters()).isEqualTo(Map.of("unknown-topic", 1L));

            broker.createTopic(name + "-shop.log", 1, Map.of());
            await().atMost(PATIENCE)
                    .until(() -> sink.deliver(log.windows(1 << 20))
                                    .blockLast(PATIENCE)
                                    .emittedMatches()
                            == 1);
            assertThat(broker.values(name + "-shop.log")).containsExactly("ERROR one");
        }
    }

    private static Flux<ScannedWindow> windowsOf(LogFixture log) {
        try {
            return log.windows(1 << 20);
        } catch (IOException e) {
            return Flux.error(e);
        }
    }

    @Test
    void everyNameMayStandInTopicKeyAndHeader() throws Exception {
        Path file = directory.resolve("shop.log");
        String all =
                "{host}.{instance}.{rule}.{file.name}.{offset}.{path.pod}.{field.team}.{env.STAGE}.{field.no:none}";
        String topic = "names.host-1.run-1.errors.shop.log.0.shop-7.blue.test.none";
        broker.createTopic(topic, 1, Map.of());
        try (LogFixture log = LogFixture.of(file, List.of("ERROR one"));
                KafkaSink sink = sink(FormFixture.toTopic("names." + all)
                        .key(all + "|{id}|{{", Partition.FILE)
                        .header("names", all + "|{file}|{id}")
                        .header("time", "{time}")
                        .fields(Map.of("team", "blue"))
                        .refused(deadLetters()))) {
            Acknowledgement acknowledged = sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            assertThat(acknowledged.reasons()).isEqualTo(DeliveryReasons.NONE);
        }
        TopicRecord only = broker.read(topic).getFirst();
        String id = only.headers().get("pickaroon.id");
        assertThat(text(only.key())).isEqualTo(topic.substring("names.".length()) + "|" + id + "|{");
        assertThat(only.headers())
                .containsEntry("names", topic.substring("names.".length()) + "|" + file + "|" + id)
                .hasEntrySatisfying("time", time -> assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"));
    }

    @Test
    void charactersThatKafkaDoesNotAllowBecomeUnderscoresAndThatIsSaidOnce() throws Exception {
        broker.createTopic(name + "-a_b_c", 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(3));
                CapturedLog said = new CapturedLog("io.pickaroon.connectors.kafka.records");
                KafkaSink sink = sink(FormFixture.toTopic(name + "-{field.odd}")
                        .fields(Map.of("odd", "a/b\u00e9c"))
                        .refused(deadLetters()))) {
            sink.deliver(log.windows(60)).blockLast(PATIENCE);
            assertThat(said.messages(Level.WARN)).singleElement().asString().contains("'errors'", name + "-a_b_c");
        }
        assertThat(broker.values(name + "-a_b_c")).isEqualTo(errorLines(3));
    }

    @Test
    void aKeyHasKafkasOwnPartitionIfItIsToDecide() throws Exception {
        broker.createTopic(name, 7, Map.of());
        List<String> lines = errorLines(50);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = sink(FormFixture.toTopic(name).key("{offset}", Partition.KEY))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
        }
        List<TopicRecord> records = broker.read(name);
        assertThat(records)
                .hasSize(50)
                .allSatisfy(record ->
                        assertThat(record.partition()).isEqualTo(BuiltInPartitioner.partitionForKey(record.key(), 7)));
        assertThat(records.stream().map(TopicRecord::partition).distinct().count())
                .isGreaterThan(4);
    }

    @Test
    void aKeyDecidesNothingIfTheFileDoes() throws Exception {
        broker.createTopic(name, 7, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50));
                KafkaSink sink = sink(FormFixture.toTopic(name).key("{offset}", Partition.FILE))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
        }
        assertThat(broker.read(name).stream().map(TopicRecord::partition).distinct())
                .hasSize(1);
    }

    @Test
    void aMissingNameAndALongKeyAreRefusedByReason() throws Exception {
        broker.createTopic(name, 1, Map.of());
        broker.createTopic(name + "-dead", 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR one"))) {
            RefusedRecords letters = new RefusedRecords.ToTopic(name + "-dead");
            Map<FormFixture, String> reasons = Map.of(
                    FormFixture.toTopic(name).key("{field.order}", Partition.FILE), "missing-name",
                    FormFixture.toTopic(name).key("k".repeat(1_025), Partition.FILE), "key-too-long",
                    FormFixture.toTopic(name + "{field.order}"), "missing-name",
                    FormFixture.toTopic(name + "-{field.long}").fields(Map.of("long", "x".repeat(250))),
                            "invalid-topic");
            for (Map.Entry<FormFixture, String> row : reasons.entrySet()) {
                try (KafkaSink sink = sink(row.getKey().refused(letters))) {
                    Acknowledgement acknowledged =
                            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
                    assertThat(acknowledged.reasons().deadLetters()).isEqualTo(Map.of(row.getValue(), 1L));
                }
            }
            try (KafkaSink sink = sink(FormFixture.toTopic(name).key("{field.order}", Partition.FILE))) {
                StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                        .expectErrorSatisfies(fatal("shop.log", "its key has no value for {field.order}"))
                        .verify(PATIENCE);
            }
        }
        assertThat(broker.read(name)).isEmpty();
        assertThat(broker.read(name + "-dead"))
                .hasSize(4)
                .allSatisfy(letter -> {
                    assertThat(text(letter.value())).isEqualTo("ERROR one");
                    assertThat(letter.headers()).containsEntry("pickaroon.rule", "errors");
                })
                .extracting(letter -> letter.headers().get("pickaroon.dead-letter.topic"))
                .contains(name + "{field.order}");
    }

    @Test
    void oneThatTakesSmallerBatchesEndsTheSessionAfterWhatIsInFlight() throws Exception {
        broker.createTopic(name + "-a.log", 1, Map.of());
        broker.createTopic(name + "-b.log", 1, Map.of("max.message.bytes", "2000"));
        try (LogFixture first = LogFixture.of(directory.resolve("a.log"), errorLines(100));
                LogFixture second = LogFixture.of(directory.resolve("b.log"), errorLines(100));
                KafkaSink sink = sink(FormFixture.toTopic(name + "-{file.name}").refused(deadLetters()))) {
            StepVerifier.create(sink.deliver(Flux.concat(first.windows(1 << 20), second.windows(1 << 20))))
                    .assertNext(acknowledged ->
                            assertThat(acknowledged.emittedMatches()).isEqualTo(100))
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    delivery ->
                                            assertThat(delivery.isRetryable()).isTrue())
                            .hasMessageContainingAll(name + "-b.log", "2000", "smaller batches"))
                    .verify(PATIENCE);

            sink.deliver(second.windows(1 << 20)).blockLast(PATIENCE);
        }
        assertThat(broker.values(name + "-a.log")).isEqualTo(errorLines(100));
        assertThat(broker.values(name + "-b.log")).isEqualTo(errorLines(100));
    }

    private KafkaSink sink(FormFixture form) {
        return new KafkaSink(form.settings(broker.bootstrapServers(), new Guarantee.AtLeastOnce()));
    }

    private RefusedRecords deadLetters() {
        return new RefusedRecords.ToFile(directory.resolve("dead.ndjson"));
    }

    static DeliveryReasons reasons(List<Acknowledgement> acknowledged) {
        return acknowledged.stream().map(Acknowledgement::reasons).reduce(DeliveryReasons.NONE, DeliveryReasons::plus);
    }

    private static Set<String> topics(String prefix) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(prefix))
                    .collect(Collectors.toSet());
        }
    }

    private static void delete(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
