package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.topics.Preflight;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** A topic that is deleted while it is in use is named at once, and waited for. */
class DeletedTopicTest extends ExactlyOnceSessions {
    private static final String PREFLIGHT = Preflight.class.getName();

    @Test
    void endsTheSessionAndTheNextOneWaitsForIt() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of("ERROR one", "ERROR two"));
                KafkaSink sink = sink(Map.of())) {
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
            AtomicReference<Throwable> failed = new AtomicReference<>();
            Flux<ScannedWindow> windows = log.windows(1 << 20);
            sink.resume(_ -> {
                        delete(name);
                        return windows.concatWith(Flux.never());
                    })
                    .subscribeOn(Schedulers.boundedElastic())
                    .subscribe(_ -> {}, failed::set);
            await().atMost(Duration.ofSeconds(60)).until(() -> failed.get() != null);
            assertThat(failed.get())
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            e -> assertThat(e.isRetryable()).isTrue())
                    .hasMessageContaining("no longer has topic '" + name + "' (rule 'errors')");

            try (CapturedLog said = new CapturedLog(PREFLIGHT)) {
                Flux<?> again = sink.deliver(log.windows(1 << 20)).cache(1);
                again.subscribe(_ -> {}, _ -> {});
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !said.messages(Level.WARN).isEmpty());
                assertThat(said.messages(Level.WARN).getFirst())
                        .contains("has no topic '" + name + "'", "--create", "waiting for it, nothing is lost");
                broker.createTopic(name, 1, Map.of());
                again.blockLast(PATIENCE);
                assertThat(said.messages(Level.INFO)).anyMatch(line -> line.contains("has all topics again"));
            }
            assertThat(broker.values(name)).containsExactly("ERROR one", "ERROR two");
        }
    }

    @Test
    void aTransactionTimeoutThatTheBrokersDoNotAllowIsFatal() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (KafkaSink sink = sink(Map.of("transaction.timeout.ms", "3600000"))) {
            StepVerifier.create(sink.deliver(Flux.empty()))
                    .expectErrorSatisfies(fatal("transaction.timeout.ms", "transaction.max.timeout.ms"))
                    .verify(PATIENCE);
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
