package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.GivenProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Demand and cancelling while the broker runs and answers no request. */
@ResourceLock(KafkaThreads.LOCK)
class StoppedBrokerTest extends AtLeastOnceSessions {
    @Test
    void aStoppedBrokerStopsTheDemandAtTheLimitAndCancellingIsStillPrompt() throws Exception {
        broker.createTopic(name, 1, Map.of());
        int limit = 5;
        KafkaSinkSettings settings = new KafkaSinkSettings(
                broker.bootstrapServers(),
                raw(),
                new GivenProperties(Map.of(), Map.of()),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop(),
                new Limits(
                        limit,
                        Long.MAX_VALUE,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Optional.empty()));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = new KafkaSink(settings)) {
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
                assertThat(taken.get() - acknowledgedWhenStopped).isBetween(1, limit);

                session.dispose();
                KafkaThreads.awaitNone();
            } finally {
                broker.signal("CONT");
            }
        }
    }

    @Test
    void aStoppedBrokerStopsTheDemandForWindowsWithoutMatchesToo() throws Exception {
        broker.createTopic(name, 1, Map.of());
        List<String> lines = new ArrayList<>(errorLines(100));
        for (int i = 0; i < 50_000; i++) {
            lines.add("all is well " + i);
        }
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = new KafkaSink(settings(raw(), Map.of()))) {
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger acknowledged = new AtomicInteger();
            Flux<ScannedWindow> windows =
                    Flux.fromIterable(log.windows(1024).collectList().block());
            Flux<ScannedWindow> afterTheStop = windows.doOnNext(_ -> taken.incrementAndGet());
            Disposable session = sink.deliver(windows.take(1)
                            .concatWith(Mono.delay(Duration.ofSeconds(2)).thenMany(afterTheStop)))
                    .subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() == 1);
            broker.signal("STOP");
            try {
                Thread.sleep(4_000);
                assertThat(acknowledged).hasValue(1);
                assertThat(taken.get()).isBetween(1, 256);
                session.dispose();
                KafkaThreads.awaitNone();
            } finally {
                broker.signal("CONT");
            }
        }
    }

    @Test
    void aFullProducerBufferOnAStoppedBrokerDoesNotDelayCancelling() throws Exception {
        broker.createTopic(name, 1, Map.of());
        Map<String, String> smallBuffer = Map.of("buffer.memory", "300000", "batch.size", "100000");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(50_000));
                KafkaSink sink = new KafkaSink(settings(raw(), smallBuffer))) {
            AtomicInteger acknowledged = new AtomicInteger();
            Disposable session =
                    sink.deliver(log.windows(64 * 1024).repeat()).subscribe(_ -> acknowledged.incrementAndGet());
            Awaitility.await().until(() -> acknowledged.get() > 20);
            broker.signal("STOP");
            try {
                Thread.sleep(1_000);
                session.dispose();
                KafkaThreads.awaitNone();
            } finally {
                broker.signal("CONT");
            }
        }
    }
}
