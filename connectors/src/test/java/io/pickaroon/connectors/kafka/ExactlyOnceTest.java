package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.TopicReader.TopicRecord;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

@Timeout(120)
class ExactlyOnceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestBroker broker;

    @TempDir
    Path directory;

    /** Topic, instance and positions topic of a test are its own. */
    private String name;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.temporary();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void everyMatchIsCommittedInFileOrderWithThePositionBehindTheLast() throws Exception {
        broker.createTopic(name, 4, Map.of());
        List<String> lines = errorLines(20_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            List<ScannedWindow> windows = log.windows(16 * 1024).collectList().block();
            List<Acknowledgement> acknowledged =
                    sink.deliver(Flux.fromIterable(windows)).collectList().block(PATIENCE);

            assertThat(acknowledged).extracting(Acknowledgement::window).containsExactlyElementsOf(windows);
            assertThat(broker.values(name)).containsExactlyElementsOf(lines);
            assertThat(positions(sink))
                    .isEqualTo(Map.of(
                            log.file().identity(), new Position(log.file().sizeBytes(), true)));
        }
    }

    @Test
    void everyInstanceHasPositionsOfItsOwn() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = new KafkaSink(settings(Map.of()));
                KafkaSink other = new KafkaSink(settings("other-instance", Map.of(), new RefusedRecords.Stop()))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);

            assertThat(positions(other)).isEmpty();
            assertThat(positions(sink)).hasSize(1);
        }
    }

    @Test
    void aBacklogOfManyWindowsTakesFewTransactions() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(200_000));
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            List<Acknowledgement> acknowledged =
                    sink.deliver(log.windows(4 * 1024)).collectList().block(PATIENCE);

            assertThat(acknowledged).hasSizeGreaterThan(2_000);
            assertThat(broker.read(name)).hasSize(200_000);
            assertThat(positionRecords()).hasSizeLessThan(acknowledged.size() / 20);
            assertThat(sink.transactions().count()).isEqualTo(positionRecords().size());
            assertThat(sink.transactions().total()).isPositive();
        }
    }

    @Test
    void windowsWithoutAMatchTakeAlmostNoTransactionsAndMoveThePositionToTheEnd() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            lines.add("all is well " + i);
        }
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            List<Acknowledgement> acknowledged =
                    sink.deliver(log.windows(4 * 1024)).collectList().block(PATIENCE);

            assertThat(acknowledged).hasSizeGreaterThan(500);
            assertThat(positionRecords()).hasSizeBetween(1, 20);
            assertThat(positions(sink))
                    .containsEntry(
                            log.file().identity(), new Position(log.file().sizeBytes(), true));
        }
    }

    @Test
    void aSessionCancelledInMidFlightLeavesNothingBehindItsPosition() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = errorLines(200_000);
        int lineBytes = lines.getFirst().length() + 1;
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            AtomicInteger acknowledged = new AtomicInteger();
            Disposable session = sink.deliver(log.windows(lineBytes * 100).delayElements(Duration.ofMillis(1)))
                    .subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() > 50);
            session.dispose();
            KafkaThreads.awaitNone();

            long delivered = positions(sink).get(log.file().identity()).offset();
            assertThat(delivered).isLessThan(log.file().sizeBytes());
            assertThat(broker.values(name)).hasSizeGreaterThan(5_000).containsExactlyElementsOf(lines.subList(0, (int)
                    (delivered / lineBytes)));
        }
    }

    @Test
    void nextSessionsGoOnWhereTheCommittedPositionIs() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = errorLines(30_000);
        int lineBytes = lines.getFirst().length() + 1;
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            List<ScannedWindow> windows =
                    log.windows(lineBytes * 100).collectList().block();
            for (int session = 0; session < 3; session++) {
                int upTo = (session + 1) * 100;
                sink.resume(positions -> {
                            DeliveredPosition known = positions.get(log.file().identity());
                            Position position = known == null ? Position.START : known.position();
                            return Flux.fromIterable(windows)
                                    .take(upTo)
                                    .filter(window -> window.startOffset() >= position.offset());
                        })
                        .blockLast(PATIENCE);
                KafkaThreads.awaitNone();
            }
            assertThat(broker.values(name)).containsExactlyElementsOf(lines);
        }
    }

    @Test
    void aPositionSaysSinceWhereItsRulesHaveBeenInForce() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = errorLines(3_000);
        Rule others = new Rule("errors", new Pattern.AnyOf(List.of("ERROR", "request"), false));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            List<ScannedWindow> first = log.windows(8 * 1024).collectList().block();
            List<ScannedWindow> then = log.windows(8 * 1024, List.of(others), 1 << 20)
                    .collectList()
                    .block();
            List<List<ScannedWindow>> sessions =
                    List.of(first.subList(0, 3), first.subList(3, 5), then.subList(5, 7), then.subList(7, 9));
            List<Long> since = new ArrayList<>();
            List<Set<String>> rules = new ArrayList<>();
            for (List<ScannedWindow> session : sessions) {
                sink.deliver(Flux.fromIterable(session)).blockLast(PATIENCE);
                DeliveredPosition known = delivered(sink).get(log.file().identity());
                assertThat(known.position()).isEqualTo(session.getLast().end());
                since.add(known.rulesSince());
                rules.add(known.rules());
            }
            long change = then.get(5).startOffset();
            assertThat(since).containsExactly(0L, 0L, change, change);
            assertThat(rules.get(0)).isEqualTo(rules.get(1)).isNotEqualTo(rules.get(2));
            assertThat(rules.get(2))
                    .isEqualTo(rules.get(3))
                    .isEqualTo(then.getFirst().rules());
        }
    }

    @Test
    void aSecondProcessWithTheSameInstanceStopsTheFirstWhichSaysWhatToDo() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = errorLines(1_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink first = new KafkaSink(settings(Map.of()));
                KafkaSink second = new KafkaSink(settings(Map.of()))) {
            List<ScannedWindow> windows = log.windows(16 * 1024).collectList().block();
            Sinks.Many<ScannedWindow> tail = Sinks.many().unicast().onBackpressureBuffer();
            AtomicInteger acknowledged = new AtomicInteger();
            CompletableFuture<Acknowledgement> running = first.deliver(tail.asFlux())
                    .doOnNext(_ -> acknowledged.incrementAndGet())
                    .last()
                    .toFuture();
            tail.tryEmitNext(windows.getFirst()).orThrow();
            Awaitility.await().until(() -> acknowledged.get() == 1);

            second.deliver(Flux.fromIterable(windows.subList(1, windows.size())))
                    .blockLast(PATIENCE);
            tail.tryEmitNext(windows.get(1)).orThrow();

            assertThat(running)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            e -> assertThat(e.isRetryable()).isFalse())
                    .withMessageContainingAll("instance '" + name + "'", "has taken over", "its own 'instance'");
            assertThat(broker.values(name)).containsExactlyElementsOf(lines);
        }
    }

    @Test
    void aRecordThatOnlyTheBrokerFindsTooLargeStopsTheSessionAndNothingOfItsGroupIsSeen() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        List<String> lines = errorLines(1_000);
        lines.set(700, "ERROR " + LogFixture.noise(9_000));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            long offset = String.join("\n", lines.subList(0, 700)).length() + 1L;
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContainingAll("shop.log", "offset " + offset, "'errors'", "max.message.bytes"))
                    .verify(PATIENCE);
            KafkaThreads.awaitNone();
            assertThat(broker.values(name)).isEmpty();
            assertThat(positions(sink)).isEmpty();
        }
    }

    @Test
    void refusedRecordsGoToTheDeadLetterTopicWithinTheTransactionAndTheOthersArriveOnce() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        broker.createTopic(name + "-dead", 1, Map.of("max.message.bytes", "4000"));
        List<String> lines = errorLines(20_000);
        lines.set(300, "ERROR " + LogFixture.noise(9_000));
        lines.set(301, "ERROR " + LogFixture.noise(2_500));
        lines.set(15_000, "ERROR " + LogFixture.noise(9_000));
        RefusedRecords deadLetters = new RefusedRecords.ToTopic(name + "-dead");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(name, Map.of(), deadLetters))) {
            List<Acknowledgement> acknowledged =
                    sink.deliver(log.windows(8 * 1024)).collectList().block(PATIENCE);

            assertThat(acknowledged.stream()
                            .mapToLong(Acknowledgement::deadLetteredMatches)
                            .sum())
                    .isEqualTo(3);
            List<TopicRecord> letters = broker.read(name + "-dead");
            assertThat(letters)
                    .extracting(letter -> letter.headers().get("pickaroon.dead-letter.length"))
                    .containsExactlyInAnyOrder("9006", "2506", "9006");
            List<String> taken = new ArrayList<>(lines);
            taken.remove(15_000);
            taken.subList(300, 302).clear();
            assertThat(broker.values(name)).containsExactlyElementsOf(taken);
            assertThat(positions(sink))
                    .containsEntry(
                            log.file().identity(), new Position(log.file().sizeBytes(), true));
        }
    }

    @Test
    void refusedRecordsGoWholeToTheDeadLetterFile() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        Path deadLetters = directory.resolve("dead.ndjson");
        String large = "ERROR " + LogFixture.noise(9_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR", large, "ERROR"));
                KafkaSink sink = new KafkaSink(settings(name, Map.of(), new RefusedRecords.ToFile(deadLetters)))) {
            Acknowledgement acknowledged = sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);

            assertThat(acknowledged.deadLetteredMatches()).isEqualTo(1);
            assertThat(Files.readAllLines(deadLetters))
                    .singleElement()
                    .asString()
                    .contains(large, "\"offset\":6");
            assertThat(broker.values(name)).containsExactly("ERROR", "ERROR");
        }
    }

    @Test
    void positionsBehindAnOpenTransactionOfAnotherInstanceAreWaitedFor() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = new KafkaSink(settings(Map.of()));
                KafkaProducer<byte[], byte[]> other = transactionalProducer()) {
            Flux<ScannedWindow> windows = log.windows(1 << 20);
            sink.resume(_ -> {
                        other.initTransactions();
                        other.beginTransaction();
                        byte[] key = new PositionCodec("other").key(new FileIdentity(1, 2, 3));
                        other.send(new ProducerRecord<>(positionsTopic(), 0, key, new byte[0]));
                        other.flush();
                        return windows;
                    })
                    .blockLast(PATIENCE);

            AtomicReference<Map<FileIdentity, Position>> read = new AtomicReference<>();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read.set(positions(sink)));
            Thread.sleep(2_000);
            assertThat(reading).isNotDone();
            other.abortTransaction();
            reading.get(30, TimeUnit.SECONDS);
            assertThat(read.get()).containsOnlyKeys(log.file().identity());
        }
    }

    @Test
    void aTopicFromWhichPositionsWouldVanishIsRefused() throws Exception {
        broker.createTopic(name, 1, Map.of());
        broker.createTopic(positionsTopic(), 1, Map.of("cleanup.policy", "delete"));
        expectFatal("cleanup.policy=delete", "kafka-configs.sh", "--add-config cleanup.policy=compact");
    }

    @Test
    void thePositionsTopicIsMadeCompactedWithOnePartition() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            positions(sink);
            // A compacted topic takes no record without a key.
            assertThat(positions(sink)).isEmpty();
        }
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            assertThat(producer.partitionsFor(positionsTopic())).hasSize(1);
            producer.initTransactions();
            producer.beginTransaction();
            assertThat(producer.send(new ProducerRecord<>(positionsTopic(), new byte[0])))
                    .failsWithin(PATIENCE);
            producer.abortTransaction();
        }
    }

    @Test
    void aPositionOfALaterVersionIsNeverASilentStartAtTheBeginning() throws Exception {
        broker.createTopic(name, 1, Map.of());
        broker.createTopic(positionsTopic(), 1, Map.of("cleanup.policy", "compact"));
        byte[] key = new PositionCodec(name).key(new FileIdentity(1, 2, 3));
        byte[] value = "{\"version\":2,\"offset\":7,\"startsRecord\":true}".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(positionsTopic(), 0, key, value));
            producer.commitTransaction();
        }
        expectFatal("offset 0", positionsTopic(), "version 2", "another 'instance'");
    }

    @Test
    void aTransactionTimeoutThatTheBrokersDoNotAllowIsFatal() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (KafkaSink sink = new KafkaSink(settings(Map.of("transaction.timeout.ms", "2000000")))) {
            StepVerifier.create(sink.deliver(Flux.empty()))
                    .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("transaction.max.timeout.ms"))
                    .verify(PATIENCE);
            KafkaThreads.awaitNone();
        }
    }

    @Test
    void aStoppedBrokerStopsTheDemandAtTheLimitAndCancellingIsStillPrompt() throws Exception {
        broker.createTopic(name, 1, Map.of());
        long groupBytes = 1024 * 1024;
        ExactlyOnce smallGroups =
                new ExactlyOnce(name, positionsTopic(), groupBytes, Duration.ofMillis(5), Duration.ofSeconds(1));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = new KafkaSink(settings(smallGroups, Map.of(), new RefusedRecords.Stop()))) {
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger acknowledged = new AtomicInteger();
            Disposable session = sink.deliver(log.windows(64 * 1024).repeat().doOnNext(_ -> taken.incrementAndGet()))
                    .subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() > 20);
            broker.signal("STOP");
            try {
                Thread.sleep(1_000);
                int acknowledgedWhenStopped = acknowledged.get();
                Thread.sleep(2_000);
                assertThat(acknowledged).hasValue(acknowledgedWhenStopped);
                ScannedWindow window = log.windows(64 * 1024).blockFirst();
                long heldBytes = (taken.get() - acknowledgedWhenStopped) * WindowWeight.bytes(window);
                assertThat(heldBytes).isBetween(1L, 3 * groupBytes);

                session.dispose();
                KafkaThreads.awaitNone();
            } finally {
                broker.signal("CONT");
            }
        }
    }

    @Test
    void aLineOfAQuietTailIsCommittedSoon() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(20));
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            int lineBytes = errorLines(1).getFirst().length() + 1;
            List<Long> millis = new ArrayList<>();
            AtomicReference<Long> handedOver = new AtomicReference<>();
            sink.deliver(log.windows(lineBytes)
                            .delayElements(Duration.ofMillis(100))
                            .doOnNext(_ -> handedOver.set(System.nanoTime())))
                    .doOnNext(_ -> millis.add((System.nanoTime() - handedOver.get()) / 1_000_000))
                    .blockLast(PATIENCE);
            System.out.println("milliseconds from a window to its commit: " + millis);
            assertThat(millis).hasSize(20);
            assertThat(millis.stream().sorted().toList().get(10)).isLessThan(250);
        }
    }

    @Test
    void aSourceThatFailsEndsTheSessionWithItsOwnErrorAndNoTransactionOpen() throws Exception {
        broker.createTopic(name, 1, Map.of());
        IOException gone = new IOException("the disk is gone");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20).concatWith(Flux.error(gone))))
                    .thenConsumeWhile(_ -> true)
                    .expectErrorSatisfies(error -> assertThat(error).isSameAs(gone))
                    .verify(PATIENCE);
            KafkaThreads.awaitNone();
            // Would wait for 30 s behind an open transaction.
            long began = System.nanoTime();
            broker.read(name);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private void expectFatal(String... words) {
        try (KafkaSink sink = new KafkaSink(settings(Map.of()))) {
            StepVerifier.create(sink.deliver(Flux.empty()))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    e -> assertThat(e.isRetryable()).isFalse())
                            .hasMessageContainingAll(words))
                    .verify(PATIENCE);
            KafkaThreads.awaitNone();
        }
    }

    private static Map<FileIdentity, Position> positions(KafkaSink sink) {
        return delivered(sink).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().position()));
    }

    private static Map<FileIdentity, DeliveredPosition> delivered(KafkaSink sink) {
        AtomicReference<Map<FileIdentity, DeliveredPosition>> positions = new AtomicReference<>();
        sink.resume(known -> {
                    positions.set(known);
                    return Flux.empty();
                })
                .blockLast(PATIENCE);
        return positions.get();
    }

    private List<TopicRecord> positionRecords() {
        return broker.read(positionsTopic());
    }

    private String positionsTopic() {
        return name + "-positions";
    }

    private KafkaProducer<byte[], byte[]> transactionalProducer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", name + "-someone-else"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private KafkaSinkSettings settings(Map<String, String> properties) {
        return settings(name, properties, new RefusedRecords.Stop());
    }

    private KafkaSinkSettings settings(String instance, Map<String, String> properties, RefusedRecords refused) {
        ExactlyOnce guarantee = new ExactlyOnce(
                instance, positionsTopic(), 16L * 1024 * 1024, Duration.ofMillis(5), Duration.ofSeconds(1));
        return settings(guarantee, properties, refused);
    }

    private KafkaSinkSettings settings(ExactlyOnce guarantee, Map<String, String> properties, RefusedRecords refused) {
        return new KafkaSinkSettings(
                broker.bootstrapServers(),
                Map.of("errors", new Route(name, Format.RAW)),
                properties,
                guarantee,
                refused);
    }
}
