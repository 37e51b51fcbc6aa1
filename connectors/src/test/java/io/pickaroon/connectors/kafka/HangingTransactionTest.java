package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.positions.PositionCodec;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.start.SessionStart;
import io.pickaroon.connectors.kafka.start.Takeover;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.Instance.Standing;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/**
 * What a session makes of a transaction that is decided, and still open in its partitions. That state is made on a real
 * broker by giving it back, while it is down, the partitions' directories from before the decision.
 */
@Timeout(60)
class HangingTransactionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String INSTANCE = "shop";
    private static final String TOPIC = "shop-errors";
    private static final String OTHER_TOPIC = "shop-warnings";
    private static final FileIdentity FILE = new FileIdentity(1, 2, 3);
    private static final Position BEFORE = new Position(100, true);
    private static final Position AFTER = new Position(200, true);

    @TempDir
    Path directory;

    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.in(directory.resolve("broker"));
        broker.createTopic(TOPIC, 1, Map.of());
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void whatWasCommittedIsSeenAndIsNotSentAgain() throws Exception {
        leaveOpen(Producer::commitTransaction);
        try (KafkaSink sink = sink();
                CapturedLog said = new CapturedLog(Takeover.class.getName())) {
            assertThat(positions(sink)).isEqualTo(Map.of(FILE, AFTER));
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("committed", TOPIC + "-0", "mended");
            deliverMore(sink);
            assertThat(broker.values(TOPIC)).containsExactly("first", "second", "ERROR more");
        }
    }

    @Test
    void whatWasAbortedIsNeverSeen() throws Exception {
        leaveOpen(Producer::abortTransaction);
        try (KafkaSink sink = sink();
                CapturedLog said = new CapturedLog(Takeover.class.getName())) {
            assertThat(positions(sink)).isEqualTo(Map.of(FILE, BEFORE));
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("aborted", TOPIC + "-0", "mended");
            deliverMore(sink);
            assertThat(broker.values(TOPIC)).containsExactly("first", "ERROR more");
        }
    }

    @Test
    void nothingIsDoneAboutATransactionThatIsComplete() throws Exception {
        broker.createTopic(ExactlyOnce.DEFAULT_POSITIONS_TOPIC, 1, Map.of("cleanup.policy", "compact"));
        try (Producer<byte[], byte[]> producer = instance()) {
            producer.initTransactions();
            transact(producer, "first", BEFORE);
            producer.commitTransaction();
        }
        int records = broker.read(ExactlyOnce.DEFAULT_POSITIONS_TOPIC).size();
        try (KafkaSink sink = sink()) {
            assertThat(positions(sink)).isEqualTo(Map.of(FILE, BEFORE));
        }
        assertThat(broker.read(ExactlyOnce.DEFAULT_POSITIONS_TOPIC))
                .as("its claim")
                .hasSize(records + 1);
    }

    /** An upgrade in which another configuration that shared the name was first: it mended the positions, and not this topic. */
    @Test
    void whatHangsUnderANameThatAnotherCheckpointHasClaimedIsNamedWithTheCommandThatAbortsIt() throws Exception {
        leaveOpen(Producer::commitTransaction);
        claimByAnother();
        assertThat(warningsOfAnUpgradeThatNamesWhatHangs())
                .as("what the abort takes away counts as not delivered")
                .anySatisfy(message -> assertThat(message)
                        .contains("do not count for /var/log/shop.log", "place there may be sent again"));
    }

    @Test
    void itIsFoundWhileThatCheckpointIsInTheMiddleOfATransaction() throws Exception {
        leaveOpen(Producer::abortTransaction);
        claimByAnother();
        try (Producer<byte[], byte[]> other = instance()) {
            other.initTransactions();
            other.beginTransaction();
            other.send(new ProducerRecord<>(OTHER_TOPIC, 0, null, new byte[] {1}))
                    .get();
            warningsOfAnUpgradeThatNamesWhatHangs();
            other.abortTransaction();
        }
    }

    private void claimByAnother() throws Exception {
        broker.createTopic(OTHER_TOPIC, 1, Map.of());
        TestRun other = TestRun.fresh(INSTANCE, Standing.UNNAMED);
        try (KafkaSink sink = sink(other, OTHER_TOPIC)) {
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
        }
        assertThat(other.instance().name()).isEqualTo(INSTANCE);
    }

    private List<String> warningsOfAnUpgradeThatNamesWhatHangs() throws Exception {
        TestRun run = TestRun.fresh(INSTANCE, Standing.UNNAMED);
        run.path = Path.of("/elsewhere/checkpoint");
        run.files.put(FILE, new KnownFile(Set.of("rule"), OptionalLong.of(BEFORE.offset())));
        List<String> warnings;
        try (KafkaSink sink = sink(run, TOPIC);
                CapturedLog ofTakeover = new CapturedLog(Takeover.class.getName());
                CapturedLog ofStart = new CapturedLog(SessionStart.class.getName())) {
            deliverMore(sink);
            assertThat(run.instance().name()).startsWith(INSTANCE + "-");
            assertThat(ofTakeover.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(
                            "instance '" + INSTANCE + "'",
                            "--bootstrap-server " + broker.bootstrapServers() + " abort --topic " + TOPIC
                                    + " --partition 0 --start-offset 2",
                            "pickaroon checkpoint reset /elsewhere/checkpoint")
                    .doesNotContain("although it was");
            warnings = ofStart.messages(Level.WARN);
        }
        abort(2);
        assertThat(broker.values(TOPIC)).containsExactly("first", "ERROR more");
        return warnings;
    }

    /** As kafka-transactions.sh does. */
    private void abort(long startOffset) throws Exception {
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

    private interface Decision {
        void by(Producer<byte[], byte[]> producer);
    }

    private void leaveOpen(Decision decision) throws Exception {
        broker.createTopic(ExactlyOnce.DEFAULT_POSITIONS_TOPIC, 1, Map.of("cleanup.policy", "compact"));
        try (Producer<byte[], byte[]> producer = instance()) {
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

    private static void transact(Producer<byte[], byte[]> producer, String record, Position position) {
        PositionCodec codec = new PositionCodec(INSTANCE);
        byte[] value =
                codec.value("/var/log/shop.log", new DeliveredPosition(position, Set.of("rule"), 0), Instant.EPOCH);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, 0, null, record.getBytes(StandardCharsets.UTF_8)));
        producer.send(new ProducerRecord<>(ExactlyOnce.DEFAULT_POSITIONS_TOPIC, 0, codec.key(FILE), value));
        producer.flush();
    }

    private void deliverMore(KafkaSink sink) throws IOException {
        try (LogFixture log = LogFixture.of(directory.resolve("more.log"), List.of("ERROR more"))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
        }
    }

    private static Map<FileIdentity, Position> positions(KafkaSink sink) {
        AtomicReference<Map<FileIdentity, Position>> positions = new AtomicReference<>();
        sink.resume(known -> {
                    positions.set(Map.of(FILE, known.get(FILE).position()));
                    return Flux.empty();
                })
                .blockLast(PATIENCE);
        return positions.get();
    }

    private Producer<byte[], byte[]> instance() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        ExactlyOnce.transactionalId(INSTANCE)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Of a checkpoint that a version without names has written. */
    private KafkaSink sink() {
        return sink(TestRun.fresh("host-1", Standing.UNNAMED), TOPIC, Optional.of(INSTANCE));
    }

    /** Of one that used the name of its host. */
    private KafkaSink sink(TestRun run, String topic) {
        return sink(run, topic, Optional.empty());
    }

    private KafkaSink sink(TestRun run, String topic, Optional<String> instance) {
        KafkaSink sink = new KafkaSink(new KafkaSinkSettings(
                broker.bootstrapServers(),
                Map.of("errors", new Route(topic, Format.RAW)),
                Map.of(),
                Map.of(),
                new ExactlyOnce(Orders.named(instance)),
                new RefusedRecords.Stop()));
        sink.attach(run);
        return sink;
    }
}
