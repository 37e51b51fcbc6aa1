package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Topics that records name, in transactions. */
class NamedTopicsExactlyOnceTest extends ExactlyOnceSessions {
    private static final int LINES = 10_000;

    @Test
    void tenThousandNamesOfBadDataGoToTheDeadLettersAndTheOthersArrive() throws Exception {
        List<String> lines = errorLines(LINES);
        broker.createTopic(name + "-0", 1, Map.of());
        broker.createTopic(name + "-dead", 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                KafkaSink sink = sink(settings(
                        FormFixture.toTopic(name + "-{offset}").refused(new RefusedRecords.ToTopic(name + "-dead"))))) {
            List<Acknowledgement> acknowledged =
                    sink.deliver(log.windows(100_000)).collectList().block(PATIENCE);

            assertThat(acknowledged.stream()
                            .mapToLong(Acknowledgement::emittedMatches)
                            .sum())
                    .isEqualTo(1);
            assertThat(NamedTopicsTest.reasons(acknowledged).deadLetters())
                    .isEqualTo(Map.of("unknown-topic", LINES - 1L));
        }
        assertThat(broker.values(name + "-0")).containsExactly(lines.getFirst());
        assertThat(broker.values(name + "-dead")).isEqualTo(lines.subList(1, LINES));
    }

    @Test
    void theClaimHasATopicBeforeATransactionWritesToIt() throws Exception {
        broker.createTopic(name + "-shop.log", 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = sink(settings(FormFixture.toTopic(name + "-{file.name}")))) {
            sink.deliver(log.windows(100)).blockLast(PATIENCE);
        }
        List<String> records = broker.read(positionsTopic()).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
        assertThat(records.get(0)).contains("\"checkpoint\"").doesNotContain("\"topics\"");
        assertThat(records.get(1)).contains("\"checkpoint\"", "\"topics\":[\"" + name + "-shop.log\"]");
        assertThat(records.get(2)).contains("\"offset\"");
        assertThat(broker.values(name + "-shop.log")).isEqualTo(errorLines(10));
    }

    @Test
    void oneThatTakesSmallerBatchesEndsTheSessionBetweenTwoGroups() throws Exception {
        broker.createTopic(name + "-a.log", 1, Map.of());
        broker.createTopic(name + "-b.log", 1, Map.of("max.message.bytes", "2000"));
        try (LogFixture first = LogFixture.of(directory.resolve("a.log"), errorLines(100));
                LogFixture second = LogFixture.of(directory.resolve("b.log"), errorLines(100));
                KafkaSink sink = sink(settings(FormFixture.toTopic(name + "-{file.name}")))) {
            Flux<?> together = Flux.concat(sink.deliver(first.windows(1 << 20)), sink.deliver(second.windows(1 << 20)));
            StepVerifier.create(together)
                    .expectNextCount(1)
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOfSatisfying(
                                    DeliveryException.class,
                                    delivery ->
                                            assertThat(delivery.isRetryable()).isTrue())
                            .hasMessageContainingAll(name + "-b.log", "2000", "smaller batches"))
                    .verify(PATIENCE);
            assertThat(broker.values(name + "-b.log")).isEmpty();
            sink.deliver(second.windows(1 << 20)).blockLast(PATIENCE);
        }
        assertThat(broker.values(name + "-a.log")).isEqualTo(errorLines(100));
        assertThat(broker.values(name + "-b.log")).isEqualTo(errorLines(100));
    }

    @Test
    void theTopicOfThePositionsIsNotForRecords() throws Exception {
        broker.createTopic(name + "-dead", 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = sink(settings(FormFixture.toTopic(name + "-{field.to}")
                        .fields(Map.of("to", "positions"))
                        .refused(new RefusedRecords.ToTopic(name + "-dead"))))) {
            Acknowledgement refused = sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            assertThat(refused.reasons().deadLetters()).isEqualTo(Map.of("invalid-topic", 1L));
        }
        assertThat(broker.values(positionsTopic())).noneMatch(value -> value.contains("ERROR"));
    }

    private KafkaSinkSettings settings(FormFixture form) {
        return form.settings(
                broker.bootstrapServers(),
                new ExactlyOnce(
                        Orders.named(Optional.of(name)),
                        positionsTopic(),
                        16L * 1024 * 1024,
                        Duration.ofMillis(5),
                        Duration.ofSeconds(1)));
    }
}
