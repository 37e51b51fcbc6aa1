package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.positions.PositionCodec;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * Leaves transactions open although they are decided: gives a real broker back, while it is down, the directories that
 * its partitions had before the decision.
 */
final class OpenPartitions {
    static final String INSTANCE = "shop";
    static final String TOPIC = "shop-errors";
    static final FileIdentity FILE = new FileIdentity(1, 2, 3);
    static final Position BEFORE = new Position(100, true);
    static final Position AFTER = new Position(200, true);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestBroker broker;
    private final Path directory;

    /** @param directory for copies */
    OpenPartitions(TestBroker broker, Path directory) {
        this.broker = broker;
        this.directory = directory;
    }

    /** How a transaction ends. */
    interface Decision {
        void by(Producer<byte[], byte[]> producer);
    }

    /** As kafka-transactions.sh does. */
    void abort(long startOffset) throws Exception {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            ProducerState producer =
                    admin
                            .describeProducers(List.of(partition))
                            .partitionResult(partition)
                            .get()
                            .activeProducers()
                            .stream()
                            .filter(state ->
                                    state.currentTransactionStartOffset().equals(OptionalLong.of(startOffset)))
                            .findFirst()
                            .orElseThrow();
            admin.abortTransaction(new AbortTransactionSpec(
                            partition,
                            producer.producerId(),
                            (short) producer.producerEpoch(),
                            producer.coordinatorEpoch().orElse(0)))
                    .all()
                    .get();
        }
    }

    /** Leaves the second of two transactions open in its partitions although it is decided. */
    void leaveOpen(Decision decision) throws Exception {
        broker.createTopic(ExactlyOnce.DEFAULT_POSITIONS_TOPIC, 1, Map.of("cleanup.policy", "compact"));
        try (Producer<byte[], byte[]> producer = producer()) {
            producer.initTransactions();
            transact(producer, "first", BEFORE);
            producer.commitTransaction();
            transact(producer, "second", AFTER);
            broker.process().stop();
            for (String partition : partitions()) {
                copy(data().resolve(partition), directory.resolve(partition));
            }
            broker.process().restart();
            decision.by(producer);
            awaitDecided();
        }
        broker.process().stop();
        for (String partition : partitions()) {
            delete(data().resolve(partition));
            copy(directory.resolve(partition), data().resolve(partition));
        }
        broker.process().restart();
    }

    /** The producer goes on before that. */
    private void awaitDecided() {
        String id = ExactlyOnce.transactionalId(INSTANCE);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Set.of(TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT)
                            .contains(admin.describeTransactions(List.of(id))
                                    .description(id)
                                    .get()
                                    .state()));
        }
    }

    private static Set<String> partitions() {
        return Set.of(TOPIC + "-0", ExactlyOnce.DEFAULT_POSITIONS_TOPIC + "-0");
    }

    private Path data() {
        return broker.process().dataDirectory().resolve("kafka");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    static void transact(Producer<byte[], byte[]> producer, String record, Position position) {
        PositionCodec codec = new PositionCodec(INSTANCE);
        byte[] value =
                codec.value("/var/log/shop.log", new DeliveredPosition(position, Set.of("rule"), 0), Instant.EPOCH);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, 0, null, record.getBytes(StandardCharsets.UTF_8)));
        producer.send(new ProducerRecord<>(ExactlyOnce.DEFAULT_POSITIONS_TOPIC, 0, codec.key(FILE), value));
        producer.flush();
    }

    /** Of the instance; to be closed. */
    Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        ExactlyOnce.transactionalId(INSTANCE)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
