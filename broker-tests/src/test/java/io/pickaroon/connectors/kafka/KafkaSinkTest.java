package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.ValueFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What arrives in Kafka of delivered windows, and what ends a session. */
@ResourceLock(KafkaThreads.LOCK)
class KafkaSinkTest extends AtLeastOnceSessions {
    @Test
    void deliversEveryMatchWithItsOriginInFileOrderOnOnePartition() throws Exception {
        broker.createTopic(name, 4, Map.of());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(i % 3 == 0 ? "ERROR number " + i : "all is well " + i);
        }
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            List<ScannedWindow> windows = log.windows(16 * 1024).collectList().block();
            List<Acknowledgement> acknowledged =
                    sink.deliver(Flux.fromIterable(windows)).collectList().block();

            assertThat(acknowledged).extracting(Acknowledgement::window).containsExactlyInAnyOrderElementsOf(windows);
            List<TopicRecord> records = broker.read(name);
            assertThat(records)
                    .extracting(record -> text(record.value()))
                    .containsExactlyElementsOf(lines.stream()
                            .filter(line -> line.startsWith("ERROR"))
                            .toList());
            assertThat(records)
                    .extracting(TopicRecord::partition)
                    .containsOnly(records.getFirst().partition());
            TopicRecord fourth = records.get(1);
            long offset = String.join("\n", lines.subList(0, 3)).length() + 1L;
            MatchIds ids = new MatchIds(log.file().identity());
            assertThat(fourth.headers())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "log.file.path", log.file().path().toString(),
                            "log.offset", Long.toString(offset),
                            "pickaroon.rule", "errors",
                            "pickaroon.id", ids.idText(offset, MatchIds.rulePart("errors"))));
            assertThat(records.stream()
                            .map(record -> record.headers().get("pickaroon.id"))
                            .distinct())
                    .hasSameSizeAs(records);
        }
    }

    @Test
    void everyByteThatALineCanHaveArrivesAsItStands() throws Exception {
        broker.createTopic(name, 1, Map.of());
        byte[] line = LogFixture.everyByteOfALine();
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), line);
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            sink.deliver(log.windows(1 << 20)).blockLast();
            assertThat(broker.read(name)).extracting(TopicRecord::value).containsExactly(line);
        }
    }

    @Test
    void sendsEachRuleToItsTopicInItsFormatAndSkipsRulesWithoutOne() throws Exception {
        broker.createTopic(name, 1, Map.of());
        broker.createTopic(name + "-json", 1, Map.of());
        Rule json = new Rule("json", new Pattern.Literal("ERROR", false));
        Rule silent = new Rule("silent", new Pattern.Literal("ERROR", false));
        byte[] content = "ERROR one\nERROR \u00e9\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
        Map<String, Route> routes = Map.of(
                "errors",
                RouteForms.toTopic("errors", name, ValueFormat.RAW),
                "json",
                RouteForms.toTopic("json", name + "-json", ValueFormat.JSON));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), content);
                KafkaSink sink = new KafkaSink(settings(routes, Map.of()))) {
            sink.deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS, json, silent), 1 << 20))
                    .blockLast();

            assertThat(broker.read(name))
                    .extracting(record -> record.value().length)
                    .containsExactly(9, 8);
            List<TopicRecord> wrapped = broker.read(name + "-json");
            assertThat(text(wrapped.get(0).value()))
                    .startsWith(
                            "{\"file\":\"%s\",\"offset\":0,\"rule\":\"json\",\"id\":\"%s\",\"record\":\"ERROR one\","
                                    .formatted(
                                            log.file().path(),
                                            wrapped.get(0).headers().get("pickaroon.id")));
            assertThat(text(wrapped.get(1).value()))
                    .contains("\"record\":\"ERROR \uFFFD\uFFFD\"", "\"recordBase64\":\"RVJST1Ig6f8=\"");
        }
    }

    @Test
    void marksTheHeadOfAnOversizedRecordAsTruncated() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR " + "x".repeat(5_000)));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            sink.deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS), 100)).blockLast();

            TopicRecord only = broker.read(name).getFirst();
            assertThat(only.value()).hasSize(100);
            assertThat(only.headers()).containsEntry("pickaroon.truncated", "true");
        }
    }

    @Test
    void sendsNoHeadersWhereNoneAreWantedButThatAValueIsNotAll() throws Exception {
        broker.createTopic(name, 1, Map.of());
        Map<String, Route> bare =
                Map.of("errors", RouteForms.toTopic("errors", name, ValueFormat.RAW, MatchHeaders.NONE));
        try (LogFixture log =
                        LogFixture.of(directory.resolve("shop.log"), List.of("ERROR", "ERROR " + "x".repeat(200)));
                KafkaSink sink = new KafkaSink(settings(bare, Map.of()))) {
            sink.deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS), 100)).blockLast();

            assertThat(broker.read(name))
                    .extracting(TopicRecord::headers)
                    .containsExactly(Map.of(), Map.of("pickaroon.truncated", "true"));
        }
    }

    @Test
    void aMissingTopicIsFatalAndSaysHowToCreateIt() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(fatal(
                            "'" + name + "'",
                            "rule 'errors'",
                            "output.kafka: createTopics: { partitions: 1, replicationFactor: 1 }",
                            "pickaroon dev-broker --topics " + name,
                            "kafka-topics.sh --bootstrap-server",
                            "--create"))
                    .verify(PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid:9092", "127.0.0.1", "127.0.0.1:port", "http//x", ""})
    void anAddressThatLeadsNowhereIsFatal(String bootstrapServers) throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1))) {
            Flux<ScannedWindow> windows = log.windows(1 << 20);
            Flux<Acknowledgement> delivery = Flux.using(
                    () -> new KafkaSink(new KafkaSinkSettings(
                            bootstrapServers,
                            raw(),
                            Map.of(),
                            Map.of(),
                            new Guarantee.AtLeastOnce(),
                            new RefusedRecords.Stop())),
                    sink -> sink.deliver(windows),
                    KafkaSink::close);
            StepVerifier.create(delivery)
                    .expectErrorSatisfies(fatal(bootstrapServers, "bootstrap.servers"))
                    .verify(PATIENCE);
        }
    }

    @Test
    void settingsThatOnlyTheProducerItselfRejectsAreFatal() throws Exception {
        broker.createTopic(name, 1, Map.of());
        Map<String, String> contradiction = Map.of("request.timeout.ms", "200000");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = new KafkaSink(settings(raw(), contradiction))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(fatal("output.kafka", "delivery.timeout.ms"))
                    .verify(PATIENCE);
            KafkaThreads.awaitNone();
        }
    }

    @Test
    void severalSessionsInARowUseOneSinkAndLeaveNoThreadBehind() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1_000));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            for (int session = 1; session <= 3; session++) {
                sink.deliver(log.windows(8 * 1024)).blockLast();
                KafkaThreads.awaitNone();
            }
            assertThat(broker.read(name)).hasSize(3_000);
        }
    }

    @Test
    void cancellingInMidFlightEndsEveryThreadOfTheSession() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            AtomicInteger acknowledged = new AtomicInteger();
            Disposable session =
                    sink.deliver(log.windows(8 * 1024).repeat()).subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() > 20);
            session.dispose();

            KafkaThreads.awaitNone();
        }
    }

    @Test
    void aSourceThatFailsEndsTheSessionWithItsOwnError() throws Exception {
        broker.createTopic(name, 1, Map.of());
        IOException gone = new IOException("the disk is gone");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20).concatWith(Flux.error(gone))))
                    .thenConsumeWhile(_ -> true)
                    .expectErrorSatisfies(error -> assertThat(error).isSameAs(gone))
                    .verify(PATIENCE);
            KafkaThreads.awaitNone();
        }
    }
}
