package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.connectors.kafka.send.WindowWeight;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class ExactlyOnceTest extends ExactlyOnceSessions {
    @Test
    void everyMatchIsCommittedInFileOrderWithThePositionBehindTheLast() throws Exception {
        broker.createTopic(name, 4, Map.of());
        List<String> lines = errorLines(20_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = sink(settings(Map.of()))) {
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
    void aBacklogOfManyWindowsTakesFewTransactions() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(200_000));
                KafkaSink sink = sink(settings(Map.of()))) {
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
                KafkaSink sink = sink(settings(Map.of()))) {
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
                KafkaSink sink = sink(settings(Map.of()))) {
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
    void aSecondProcessWithTheSameInstanceStopsTheFirstWhichSaysWhatToDo() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = errorLines(1_000);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink first = sink(settings(Map.of()));
                KafkaSink second = sink(settings(Map.of()))) {
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
                    .withMessageContainingAll(
                            "instance '" + name + "'", "has taken over", "its own checkpoint and 'instance'");
            assertThat(broker.values(name)).containsExactlyElementsOf(lines);
        }
    }

    @Test
    void aRecordThatOnlyTheBrokerFindsTooLargeStopsTheSessionAndNothingOfItsGroupIsSeen() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        List<String> lines = errorLines(1_000);
        lines.set(700, "ERROR " + LogFixture.noise(9_000));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = sink(settings(Map.of()))) {
            long offset = String.join("\n", lines.subList(0, 700)).length() + 1L;
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(fatal("shop.log", "offset " + offset, "'errors'", "max.message.bytes"))
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
                KafkaSink sink = sink(settings(name, Map.of(), deadLetters))) {
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
                KafkaSink sink = sink(settings(name, Map.of(), new RefusedRecords.ToFile(deadLetters)))) {
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
    void aTransactionTimeoutThatTheBrokersDoNotAllowIsFatal() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (KafkaSink sink = sink(settings(Map.of("transaction.timeout.ms", "2000000")))) {
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
        ExactlyOnce smallGroups = new ExactlyOnce(
                Orders.named(Optional.of(name)),
                positionsTopic(),
                groupBytes,
                Duration.ofMillis(5),
                Duration.ofSeconds(1));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = sink(settings(smallGroups, Map.of(), new RefusedRecords.Stop()))) {
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
                KafkaSink sink = sink(settings(Map.of()))) {
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
                KafkaSink sink = sink(settings(Map.of()))) {
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
}
