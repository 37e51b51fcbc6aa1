package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.positions.PositionCodec;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

@ResourceLock(KafkaThreads.LOCK)
class PositionsTopicTest extends ExactlyOnceSessions {
    @Test
    void everyInstanceHasPositionsOfItsOwn() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = sink(settings(Map.of()));
                KafkaSink other = sink(settings("other-instance", Map.of(), new RefusedRecords.Stop()))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);

            assertThat(positions(other)).isEmpty();
            assertThat(positions(sink)).hasSize(1);
        }
    }

    @Test
    void nextSessionsGoOnWhereTheCommittedPositionIs() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = errorLines(30_000);
        int lineBytes = lines.getFirst().length() + 1;
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = sink(settings(Map.of()))) {
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
                KafkaSink sink = sink(settings(Map.of()))) {
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
    void positionsBehindAnOpenTransactionOfAnotherInstanceAreWaitedFor() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = sink(settings(Map.of()));
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
        try (KafkaSink sink = sink(settings(Map.of()))) {
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
    void aForgottenFileIsRemovedByTheNextTransactionAndOthersStay() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture gone = LogFixture.of(directory.resolve("gone.log"), errorLines(10));
                LogFixture shop = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = sink(settings(Map.of()))) {
            sink.deliver(gone.windows(1 << 20).concatWith(shop.windows(1 << 20)))
                    .blockLast(PATIENCE);
            assertThat(positions(sink))
                    .containsOnlyKeys(gone.file().identity(), shop.file().identity());

            sink.forget(Set.of(gone.file().identity()));
            sink.deliver(shop.windows(1 << 20)).blockLast(PATIENCE);
            assertThat(positions(sink)).containsOnlyKeys(shop.file().identity());

            int records = positionRecords().size();
            sink.deliver(shop.windows(1 << 20)).blockLast(PATIENCE);
            assertThat(positionRecords()).as("it is removed once").hasSize(records + 1);
        }
    }

    @Test
    void filesAreRemovedAtTheEndOfASessionInWhichNothingWasDelivered() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture gone = LogFixture.of(directory.resolve("gone.log"), errorLines(10));
                KafkaSink sink = sink(settings(Map.of()))) {
            sink.deliver(gone.windows(1 << 20)).blockLast(PATIENCE);
            sink.forget(Set.of(gone.file().identity()));
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
            assertThat(positions(sink)).isEmpty();
        }
    }

    @Test
    void whatIsForgottenBeforeItsPositionWasWrittenNeverGetsOne() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture quiet = LogFixture.of(directory.resolve("quiet.log"), List.of("nothing", "to be", "seen"));
                KafkaSink sink = sink(settings(Map.of()))) {
            Sinks.Empty<ScannedWindow> end = Sinks.empty();
            sink.deliver(quiet.windows(1 << 20).concatWith(end.asMono()))
                    .doOnNext(_ -> {
                        sink.forget(Set.of(quiet.file().identity()));
                        end.tryEmitEmpty();
                    })
                    .blockLast(PATIENCE);
            assertThat(positions(sink)).isEmpty();
            assertThat(positionRecords()).isEmpty();
        }
    }

    @Test
    void aFileThatIsDeliveredAgainIsNotRemoved() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture back = LogFixture.of(directory.resolve("back.log"), errorLines(10));
                KafkaSink sink = sink(settings(Map.of()))) {
            sink.deliver(back.windows(1 << 20)).blockLast(PATIENCE);
            sink.forget(Set.of(back.file().identity()));
            sink.deliver(back.windows(1 << 20)).blockLast(PATIENCE);
            assertThat(positions(sink)).containsOnlyKeys(back.file().identity());
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
            assertThat(positions(sink)).containsOnlyKeys(back.file().identity());
        }
    }

    @Test
    void onlyTheLatestGenerationOfAFileKeepsAPosition() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                LogFixture anew = log.inGeneration(1);
                LogFixture again = log.inGeneration(2);
                KafkaSink sink = sink(settings(Map.of()))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            sink.deliver(anew.windows(1 << 20).concatWith(again.windows(1 << 20)))
                    .blockLast(PATIENCE);
            assertThat(positions(sink)).containsOnlyKeys(again.file().identity());

            sink.forget(Set.of(again.file().identity()));
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
            assertThat(positions(sink)).isEmpty();
        }
    }

    @Test
    void positionsOfEarlierGenerationsThatAnEarlierVersionLeftAreRemoved() throws Exception {
        broker.createTopic(name, 1, Map.of());
        broker.createTopic(positionsTopic(), 1, Map.of("cleanup.policy", "compact"));
        FileIdentity shop = new FileIdentity(1, 2, 3);
        byte[] value = "{\"version\":1,\"offset\":7,\"startsRecord\":true}".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int generation : new int[] {0, 1, 3}) {
                byte[] key = new PositionCodec(name).key(shop.ofGeneration(generation));
                producer.send(new ProducerRecord<>(positionsTopic(), 0, key, value));
            }
            producer.commitTransaction();
        }
        try (KafkaSink sink = sink(settings(Map.of()))) {
            sink.attach(TestRun.fresh("host-1", Standing.UNNAMED));
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
            assertThat(positions(sink)).containsOnlyKeys(shop.ofGeneration(3));
        }
    }
}
