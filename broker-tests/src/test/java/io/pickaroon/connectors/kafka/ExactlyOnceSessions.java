package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.records.emit.ValueFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.parallel.ResourceLock;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Sessions that deliver exactly once; instance and positions topic of a test are its own. */
@ResourceLock(KafkaThreads.LOCK)
abstract class ExactlyOnceSessions extends SinkSessions {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, TestRun> runs = new HashMap<>();

    void expectFatal(String... words) {
        try (KafkaSink sink = sink(Map.of())) {
            StepVerifier.create(sink.deliver(Flux.empty()))
                    .expectErrorSatisfies(fatal(words))
                    .verify(PATIENCE);
            KafkaThreads.awaitNone();
        }
    }

    static Map<FileIdentity, Position> positions(KafkaSink sink) {
        return delivered(sink).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().position()));
    }

    static Map<FileIdentity, DeliveredPosition> delivered(KafkaSink sink) {
        AtomicReference<Map<FileIdentity, DeliveredPosition>> positions = new AtomicReference<>();
        sink.resume(known -> {
                    positions.set(known);
                    return Flux.empty();
                })
                .blockLast(PATIENCE);
        return positions.get();
    }

    /** A sink of a run whose checkpoint is that of all sinks of the test with this instance. */
    KafkaSink sink(KafkaSinkSettings settings) {
        KafkaSink sink = new KafkaSink(settings);
        ExactlyOnce guarantee = (ExactlyOnce) settings.guarantee();
        sink.attach(runs.computeIfAbsent(
                guarantee.orders().instance().orElseThrow(), _ -> TestRun.fresh("host-1", Standing.NEW)));
        return sink;
    }

    KafkaSink sink(Map<String, String> properties) {
        return sink(settings(properties));
    }

    /** Of all names; claims left out. */
    List<TopicRecord> positionRecords() {
        return broker.read(positionsTopic()).stream()
                .filter(record -> !new String(record.value(), StandardCharsets.UTF_8).contains("\"checkpoint\""))
                .toList();
    }

    String positionsTopic() {
        return name + "-positions";
    }

    KafkaProducer<byte[], byte[]> transactionalProducer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", name + "-someone-else"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    KafkaSinkSettings settings(Map<String, String> properties) {
        return settings(name, properties, new RefusedRecords.Stop());
    }

    KafkaSinkSettings settings(String instance, Map<String, String> properties, RefusedRecords refused) {
        ExactlyOnce guarantee = new ExactlyOnce(
                Orders.named(Optional.of(instance)),
                positionsTopic(),
                16L * 1024 * 1024,
                Duration.ofMillis(5),
                Duration.ofSeconds(1));
        return settings(guarantee, properties, refused);
    }

    KafkaSinkSettings settings(ExactlyOnce guarantee, Map<String, String> properties, RefusedRecords refused) {
        return new KafkaSinkSettings(
                broker.bootstrapServers(),
                Map.of("errors", RouteForms.toTopic("errors", name, ValueFormat.RAW)),
                properties,
                Map.of(),
                guarantee,
                refused);
    }
}
