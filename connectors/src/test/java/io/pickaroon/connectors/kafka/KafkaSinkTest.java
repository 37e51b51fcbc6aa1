package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Headers;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.TopicReader.TopicRecord;
import io.pickaroon.connectors.ndjson.MatchIds;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.scan.Pattern;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Timeout(120)
class KafkaSinkTest {
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path LIB = Path.of(System.getProperty("pickaroon.broker.lib"));

    private static DevBrokerProcess broker;

    @TempDir
    Path directory;

    private String topic;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = DevBrokerProcess.startTemporary(JAVA, LIB, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void deliversEveryMatchWithItsOriginInFileOrderOnOnePartition() throws Exception {
        createTopic(topic, 4, Map.of());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(i % 3 == 0 ? "ERROR number " + i : "all is well " + i);
        }
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            List<ScannedWindow> windows = log.windows(16 * 1024).collectList().block();
            List<Acknowledgement> acknowledged =
                    sink.deliver(Flux.fromIterable(windows)).collectList().block();

            assertThat(acknowledged).extracting(Acknowledgement::window).containsExactlyInAnyOrderElementsOf(windows);
            List<TopicRecord> records = read(topic);
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
        createTopic(topic, 1, Map.of());
        byte[] line = LogFixture.everyByteOfALine();
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), line);
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            sink.deliver(log.windows(1 << 20)).blockLast();
            assertThat(read(topic)).extracting(TopicRecord::value).containsExactly(line);
        }
    }

    @Test
    void sendsEachRuleToItsTopicInItsFormatAndSkipsRulesWithoutOne() throws Exception {
        createTopic(topic, 1, Map.of());
        createTopic(topic + "-json", 1, Map.of());
        Rule json = new Rule("json", new Pattern.Literal("ERROR", false));
        Rule silent = new Rule("silent", new Pattern.Literal("ERROR", false));
        byte[] content = "ERROR one\nERROR \u00e9\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
        Map<String, Route> routes =
                Map.of("errors", new Route(topic, Format.RAW), "json", new Route(topic + "-json", Format.JSON));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), content);
                KafkaSink sink = new KafkaSink(settings(routes, Map.of(), new RefusedRecords.Stop()))) {
            sink.deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS, json, silent), 1 << 20))
                    .blockLast();

            assertThat(read(topic)).extracting(record -> record.value().length).containsExactly(9, 8);
            List<TopicRecord> wrapped = read(topic + "-json");
            assertThat(text(wrapped.get(0).value()))
                    .isEqualTo("{\"file\":\"%s\",\"offset\":0,\"rule\":\"json\",\"id\":\"%s\",\"record\":\"ERROR one\"}"
                            .formatted(
                                    log.file().path(), wrapped.get(0).headers().get("pickaroon.id")));
            assertThat(text(wrapped.get(1).value()))
                    .contains("\"record\":\"ERROR \uFFFD\uFFFD\"", "\"recordBase64\":\"RVJST1Ig6f8=\"");
        }
    }

    @Test
    void marksTheHeadOfAnOversizedRecordAsTruncated() throws Exception {
        createTopic(topic, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR " + "x".repeat(5_000)));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            sink.deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS), 100)).blockLast();

            TopicRecord only = read(topic).getFirst();
            assertThat(only.value()).hasSize(100);
            assertThat(only.headers()).containsEntry("pickaroon.truncated", "true");
        }
    }

    @Test
    void sendsNoHeadersWhereNoneAreWantedButThatAValueIsNotAll() throws Exception {
        createTopic(topic, 1, Map.of());
        Map<String, Route> bare = Map.of("errors", new Route(topic, Format.RAW, Headers.NONE));
        try (LogFixture log =
                        LogFixture.of(directory.resolve("shop.log"), List.of("ERROR", "ERROR " + "x".repeat(200)));
                KafkaSink sink = new KafkaSink(settings(bare, Map.of(), new RefusedRecords.Stop()))) {
            sink.deliver(log.windows(1 << 20, List.of(LogFixture.ERRORS), 100)).blockLast();

            assertThat(read(topic))
                    .extracting(TopicRecord::headers)
                    .containsExactly(Map.of(), Map.of("pickaroon.truncated", "true"));
        }
    }

    @Test
    void aMissingTopicIsFatalAndSaysHowToCreateIt() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContainingAll(
                                    "'" + topic + "'",
                                    "rule 'errors'",
                                    "kafka-topics.sh --bootstrap-server",
                                    "--create"))
                    .verify(SILENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid:9092", "127.0.0.1", "127.0.0.1:port", "http//x", ""})
    void anAddressThatLeadsNowhereIsFatal(String bootstrapServers) throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1))) {
            Flux<ScannedWindow> windows = log.windows(1 << 20);
            Flux<Acknowledgement> delivery = Flux.using(
                    () -> new KafkaSink(new KafkaSinkSettings(
                            bootstrapServers, raw(), Map.of(), new Guarantee.AtLeastOnce(), new RefusedRecords.Stop())),
                    sink -> sink.deliver(windows),
                    KafkaSink::close);
            StepVerifier.create(delivery)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContainingAll(bootstrapServers, "bootstrap.servers"))
                    .verify(SILENCE);
        }
    }

    @Test
    void settingsThatOnlyTheProducerItselfRejectsAreFatal() throws Exception {
        createTopic(topic, 1, Map.of());
        Map<String, String> contradiction = Map.of("request.timeout.ms", "200000");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = new KafkaSink(settings(raw(), contradiction, new RefusedRecords.Stop()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContainingAll("output.kafka", "delivery.timeout.ms"))
                    .verify(SILENCE);
            KafkaThreads.awaitNone();
        }
    }

    @Test
    void aRecordTooLargeForTheProducerStopsTheSessionByNameOfFileOffsetAndRule() throws Exception {
        createTopic(topic, 1, Map.of());
        try (LogFixture log = LogFixture.of(
                        directory.resolve("shop.log"), List.of("ERROR", "ERROR " + LogFixture.noise(3_000)));
                KafkaSink sink =
                        new KafkaSink(settings(raw(), Map.of("max.request.size", "2000"), new RefusedRecords.Stop()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContainingAll("shop.log", "offset 6", "'errors'", "max.request.size", "2000"))
                    .verify(SILENCE);
        }
    }

    @Test
    void aRecordThatOnlyTheBrokerFindsTooLargeStopsTheSessionToo() throws Exception {
        createTopic(topic, 1, Map.of("max.message.bytes", "2000"));
        try (LogFixture log = LogFixture.of(
                        directory.resolve("shop.log"), List.of("ERROR", "ERROR " + LogFixture.noise(9_000)));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContainingAll("shop.log", "offset 6", "'errors'", "max.message.bytes", "2000"))
                    .verify(SILENCE);
        }
    }

    @Test
    void refusedRecordsGoToTheDeadLetterTopicCutToFitAndTheOthersArrive() throws Exception {
        createTopic(topic, 1, Map.of("max.message.bytes", "2000"));
        createTopic(topic + "-dead", 1, Map.of("max.message.bytes", "4000"));
        List<String> lines = errorLines(1_000);
        lines.set(300, "ERROR " + LogFixture.noise(9_000));
        lines.set(301, "ERROR " + LogFixture.noise(2_500));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink =
                        new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.ToTopic(topic + "-dead")))) {
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
            List<TopicRecord> letters = read(topic + "-dead");
            TopicRecord cut = letters.stream()
                    .filter(letter ->
                            letter.headers().get("pickaroon.dead-letter.length").equals("9006"))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(cut.value())).hasSizeBetween(2_500, 4_000).isSubstringOf(lines.get(300));
            assertThat(cut.headers())
                    .containsEntry("pickaroon.truncated", "true")
                    .containsEntry("pickaroon.dead-letter.topic", topic)
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
            assertThat(read(topic)).extracting(record -> text(record.value())).containsExactlyElementsOf(lines);
        }
    }

    @Test
    void refusedRecordsGoWholeToTheDeadLetterFile() throws Exception {
        createTopic(topic, 1, Map.of());
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
                    .contains(large, "\"offset\":6", topic);
            assertThat(read(topic)).hasSize(2);
        }
    }

    @Test
    void severalSessionsInARowUseOneSinkAndLeaveNoThreadBehind() throws Exception {
        createTopic(topic, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1_000));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            for (int session = 1; session <= 3; session++) {
                sink.deliver(log.windows(8 * 1024)).blockLast();
                KafkaThreads.awaitNone();
            }
            assertThat(read(topic)).hasSize(3_000);
        }
    }

    @Test
    void cancellingInMidFlightEndsEveryThreadOfTheSession() throws Exception {
        createTopic(topic, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            AtomicInteger acknowledged = new AtomicInteger();
            Disposable session =
                    sink.deliver(log.windows(8 * 1024).repeat()).subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() > 20);
            session.dispose();

            KafkaThreads.awaitNone();
        }
    }

    @Test
    void aStoppedBrokerStopsTheDemandAtTheLimitAndCancellingIsStillPrompt() throws Exception {
        createTopic(topic, 1, Map.of());
        int limit = 5;
        KafkaSinkSettings settings = new KafkaSinkSettings(
                broker.bootstrapServers(),
                raw(),
                Map.of(),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop(),
                limit,
                Long.MAX_VALUE,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = new KafkaSink(settings)) {
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger acknowledged = new AtomicInteger();
            Disposable session = sink.deliver(log.windows(64 * 1024).repeat().doOnNext(_ -> taken.incrementAndGet()))
                    .subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() > 20);
            signal("STOP");
            try {
                Thread.sleep(1_000);
                int acknowledgedWhenStopped = acknowledged.get();
                Thread.sleep(2_000);
                assertThat(acknowledged).hasValue(acknowledgedWhenStopped);
                assertThat(taken.get() - acknowledgedWhenStopped).isBetween(1, limit);

                session.dispose();
                KafkaThreads.awaitNone();
            } finally {
                signal("CONT");
            }
        }
    }

    @Test
    void aStoppedBrokerStopsTheDemandForWindowsWithoutMatchesToo() throws Exception {
        createTopic(topic, 1, Map.of());
        List<String> lines = new ArrayList<>(errorLines(100));
        for (int i = 0; i < 50_000; i++) {
            lines.add("all is well " + i);
        }
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger acknowledged = new AtomicInteger();
            Flux<ScannedWindow> windows =
                    Flux.fromIterable(log.windows(1024).collectList().block());
            Flux<ScannedWindow> afterTheStop = windows.doOnNext(_ -> taken.incrementAndGet());
            Disposable session = sink.deliver(windows.take(1)
                            .concatWith(Mono.delay(Duration.ofSeconds(2)).thenMany(afterTheStop)))
                    .subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() == 1);
            signal("STOP");
            try {
                Thread.sleep(4_000);
                assertThat(acknowledged).hasValue(1);
                assertThat(taken.get()).isBetween(1, 256);
                session.dispose();
                KafkaThreads.awaitNone();
            } finally {
                signal("CONT");
            }
        }
    }

    @Test
    void aFullProducerBufferOnAStoppedBrokerDoesNotDelayCancelling() throws Exception {
        createTopic(topic, 1, Map.of());
        Map<String, String> smallBuffer = Map.of("buffer.memory", "300000", "batch.size", "100000");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = new KafkaSink(settings(raw(), smallBuffer, new RefusedRecords.Stop()))) {
            AtomicInteger acknowledged = new AtomicInteger();
            Disposable session =
                    sink.deliver(log.windows(64 * 1024).repeat()).subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() > 20);
            signal("STOP");
            try {
                Thread.sleep(1_000);
                session.dispose();
                KafkaThreads.awaitNone();
            } finally {
                signal("CONT");
            }
        }
    }

    @Test
    void aSourceThatFailsEndsTheSessionWithItsOwnError() throws Exception {
        createTopic(topic, 1, Map.of());
        IOException gone = new IOException("the disk is gone");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of(), new RefusedRecords.Stop()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20).concatWith(Flux.error(gone))))
                    .thenConsumeWhile(_ -> true)
                    .expectErrorSatisfies(error -> assertThat(error).isSameAs(gone))
                    .verify(SILENCE);
            KafkaThreads.awaitNone();
        }
    }

    private Map<String, Route> raw() {
        return Map.of("errors", new Route(topic, Format.RAW));
    }

    private static KafkaSinkSettings settings(
            Map<String, Route> routes, Map<String, String> properties, RefusedRecords refused) {
        return new KafkaSinkSettings(
                broker.bootstrapServers(), routes, properties, new Guarantee.AtLeastOnce(), refused);
    }

    private static void createTopic(String name, int partitions, Map<String, String> properties)
            throws InterruptedException {
        new Topics(broker.bootstrapServers(), Map.of()).createMissing(List.of(name), partitions, properties, SILENCE);
    }

    private static List<TopicRecord> read(String name) {
        List<TopicRecord> records = new ArrayList<>();
        new TopicReader(broker.bootstrapServers(), Map.of()).readAll(List.of(name), SILENCE, records::add);
        return records;
    }

    private static void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(broker.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
