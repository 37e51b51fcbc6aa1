package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.kafka.OpenPartitions.AFTER;
import static io.pickaroon.connectors.kafka.OpenPartitions.BEFORE;
import static io.pickaroon.connectors.kafka.OpenPartitions.FILE;
import static io.pickaroon.connectors.kafka.OpenPartitions.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.start.SessionStart;
import io.pickaroon.connectors.kafka.start.Takeover;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.records.emit.ValueFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/**
 * What a session makes of a transaction that is decided, and still open in its partitions: {@link OpenPartitions} makes
 * that state on a real broker.
 */
@Timeout(60)
class HangingTransactionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OTHER_TOPIC = "shop-warnings";

    @TempDir
    Path directory;

    private TestBroker broker;
    private OpenPartitions partitions;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.in(directory.resolve("broker"));
        broker.createTopic(TOPIC, 1, Map.of());
        partitions = new OpenPartitions(broker, directory);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void whatWasCommittedIsSeenAndIsNotSentAgain() throws Exception {
        partitions.leaveOpen(Producer::commitTransaction);
        try (KafkaSink sink = sink();
                CapturedLog said = new CapturedLog(Takeover.class.getName())) {
            assertThat(positions(sink)).isEqualTo(Map.of(FILE, AFTER));
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("committed", TOPIC + "-0", "is ended now");
            deliverMore(sink);
            assertThat(broker.values(TOPIC)).containsExactly("first", "second", "ERROR more");
        }
    }

    @Test
    void whatWasAbortedIsNeverSeen() throws Exception {
        partitions.leaveOpen(Producer::abortTransaction);
        try (KafkaSink sink = sink();
                CapturedLog said = new CapturedLog(Takeover.class.getName())) {
            assertThat(positions(sink)).isEqualTo(Map.of(FILE, BEFORE));
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("aborted", TOPIC + "-0", "is ended now");
            deliverMore(sink);
            assertThat(broker.values(TOPIC)).containsExactly("first", "ERROR more");
        }
    }

    @Test
    void nothingIsDoneAboutATransactionThatIsComplete() throws Exception {
        broker.createTopic(ExactlyOnce.DEFAULT_POSITIONS_TOPIC, 1, Map.of("cleanup.policy", "compact"));
        try (Producer<byte[], byte[]> producer = partitions.producer()) {
            producer.initTransactions();
            OpenPartitions.transact(producer, "first", BEFORE);
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

    /** The configuration does not say which topics there are: the claim does. */
    @Test
    void whatIsOpenInATopicThatRecordsNamedIsEndedToo() throws Exception {
        TestRun run = TestRun.fresh("host-1", Standing.NEW);
        FormFixture form = FormFixture.toTopic("shop-{field.kind}").fields(Map.of("kind", "errors"));
        KafkaSinkSettings settings = form.settings(
                broker.bootstrapServers(), new ExactlyOnce(Orders.named(Optional.of(OpenPartitions.INSTANCE))));
        try (KafkaSink sink = new KafkaSink(settings)) {
            sink.attach(run);
            deliverMore(sink);
        }
        partitions.leaveOpen(Producer::abortTransaction);
        try (KafkaSink sink = new KafkaSink(settings);
                CapturedLog said = new CapturedLog(Takeover.class.getName())) {
            sink.attach(run);
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("aborted", TOPIC + "-0", "is ended now");
        }
        assertThat(broker.values(TOPIC)).containsExactly("ERROR more", "first");
    }

    /**
     * An upgrade in which another configuration that shared the name was first: it ended the transaction in the
     * positions, and not this topic.
     */
    @Test
    void whatHangsUnderANameThatAnotherCheckpointHasClaimedIsNamedWithTheCommandThatAbortsIt() throws Exception {
        partitions.leaveOpen(Producer::commitTransaction);
        claimByAnother();
        assertThat(warningsOfAnUpgradeThatNamesWhatHangs())
                .as("what the abort takes away counts as not delivered")
                .anySatisfy(message -> assertThat(message)
                        .contains("do not count for /var/log/shop.log", "place there may be sent again"));
    }

    @Test
    void itIsFoundWhileThatCheckpointIsInTheMiddleOfATransaction() throws Exception {
        partitions.leaveOpen(Producer::abortTransaction);
        claimByAnother();
        try (Producer<byte[], byte[]> other = partitions.producer()) {
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
        TestRun other = TestRun.fresh(OpenPartitions.INSTANCE, Standing.UNNAMED);
        try (KafkaSink sink = sink(other, OTHER_TOPIC)) {
            sink.deliver(Flux.empty()).blockLast(PATIENCE);
        }
        assertThat(other.instance().name()).isEqualTo(OpenPartitions.INSTANCE);
    }

    private List<String> warningsOfAnUpgradeThatNamesWhatHangs() throws Exception {
        TestRun run = TestRun.fresh(OpenPartitions.INSTANCE, Standing.UNNAMED);
        run.path = Path.of("/elsewhere/checkpoint");
        run.files.put(FILE, new KnownFile(Set.of("rule"), OptionalLong.of(BEFORE.offset())));
        List<String> warnings;
        try (KafkaSink sink = sink(run, TOPIC);
                CapturedLog ofTakeover = new CapturedLog(Takeover.class.getName());
                CapturedLog ofStart = new CapturedLog(SessionStart.class.getName())) {
            deliverMore(sink);
            assertThat(run.instance().name()).startsWith(OpenPartitions.INSTANCE + "-");
            assertThat(ofTakeover.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(
                            "instance '" + OpenPartitions.INSTANCE + "'",
                            "--bootstrap-server " + broker.bootstrapServers() + " abort --topic " + TOPIC
                                    + " --partition 0 --start-offset 2",
                            "pickaroon checkpoint reset /elsewhere/checkpoint")
                    .doesNotContain("yet left open");
            warnings = ofStart.messages(Level.WARN);
        }
        partitions.abort(2);
        assertThat(broker.values(TOPIC)).containsExactly("first", "ERROR more");
        return warnings;
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

    /** Of a checkpoint that a version without names has written. */
    private KafkaSink sink() {
        return sink(TestRun.fresh("host-1", Standing.UNNAMED), TOPIC, Optional.of(OpenPartitions.INSTANCE));
    }

    /** Of one that used the name of its host. */
    private KafkaSink sink(TestRun run, String topic) {
        return sink(run, topic, Optional.empty());
    }

    private KafkaSink sink(TestRun run, String topic, Optional<String> instance) {
        KafkaSink sink = new KafkaSink(new KafkaSinkSettings(
                broker.bootstrapServers(),
                Map.of("errors", RouteForms.toTopic("errors", topic, ValueFormat.RAW)),
                Map.of(),
                Map.of(),
                new ExactlyOnce(Orders.named(instance)),
                new RefusedRecords.Stop()));
        sink.attach(run);
        return sink;
    }
}
