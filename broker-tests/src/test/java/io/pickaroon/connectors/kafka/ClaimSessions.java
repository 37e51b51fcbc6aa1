package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.admin.KeptPositions;
import io.pickaroon.connectors.kafka.admin.KeptPositions.Kept;
import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.Claim.Start;
import io.pickaroon.connectors.kafka.claim.ClaimCodec;
import io.pickaroon.connectors.kafka.positions.PositionCodec;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Sessions with the claims that they leave in the topic; each test has a topic and a run of its own. */
abstract class ClaimSessions extends ExactlyOnceSessions {
    static final String RULE = "rule-1";
    static final FileIdentity FILE = new FileIdentity(1, 2, 3);

    final TestRun run = TestRun.fresh("host-1", Standing.NEW);

    @BeforeEach
    void makeTopic() throws Exception {
        broker.createTopic(name, 1, Map.of());
        run.files.put(FILE, new KnownFile(Set.of(RULE), OptionalLong.empty()));
    }

    static Flux<ScannedWindow> windows(LogFixture log) {
        try {
            return log.windows(1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deliver(TestRun by, Orders orders, LogFixture log) {
        try (KafkaSink sink = sink(by, orders)) {
            sink.deliver(windows(log)).blockLast(PATIENCE);
        }
    }

    void start(TestRun by, Orders orders) {
        try (KafkaSink sink = sink(by, orders)) {
            positions(sink);
        }
    }

    void expect(TestRun by, Orders orders, Consumer<Throwable> error) {
        try (KafkaSink sink = sink(by, orders)) {
            StepVerifier.create(sink.deliver(Flux.empty()))
                    .expectErrorSatisfies(error)
                    .verify(PATIENCE);
        }
    }

    static Consumer<Throwable> undecided(String... words) {
        return error -> assertThat(error)
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.needsDecision()).isTrue())
                .hasMessageContainingAll(words);
    }

    KafkaSink sink(TestRun by, Orders orders) {
        KafkaSink sink = new KafkaSink(settings(orders));
        sink.attach(by);
        return sink;
    }

    KafkaSinkSettings settings(Orders orders) {
        return settings(
                new ExactlyOnce(
                        orders, positionsTopic(), 16L * 1024 * 1024, Duration.ofMillis(5), Duration.ofSeconds(1)),
                Map.of(),
                new RefusedRecords.Stop());
    }

    static Orders none() {
        return Orders.named(Optional.empty());
    }

    static Orders named(String instance) {
        return Orders.named(Optional.of(instance));
    }

    static Orders adopt(String other) {
        return new Orders(Optional.empty(), Optional.of(other), false, "-c a.yaml");
    }

    static Orders anew() {
        return new Orders(Optional.empty(), Optional.empty(), true, "-c a.yaml");
    }

    List<Kept> kept() throws InterruptedException {
        return new KeptPositions(settings(none())).all();
    }

    Map<String, Claim> claims() throws InterruptedException {
        Map<String, Claim> claims = new HashMap<>();
        kept().forEach(kept -> kept.claim().ifPresent(claim -> claims.put(kept.name(), claim)));
        return claims;
    }

    DeliveredPosition stored(String of, FileIdentity file) throws InterruptedException {
        return kept().stream()
                .filter(kept -> kept.name().equals(of))
                .findFirst()
                .orElseThrow()
                .positions()
                .get(file)
                .position();
    }

    static Claim passing(String of, Instant claimedAt) {
        return new Claim(of.hashCode(), "host-1", "", new Start(1, 1, claimedAt), Set.of(RULE), true);
    }

    void commit(String of, Claim claim, FileIdentity file) throws Exception {
        Instant at = claim == null ? Instant.now() : claim.claimedAt();
        byte[] value = new PositionCodec(of)
                .value("/a.log", new DeliveredPosition(new Position(9, true), Set.of(RULE), 0), at);
        commit(
                claim == null
                        ? Map.of(key(of, file), value)
                        : Map.of(key(of, file), value, "claim:" + of, ClaimCodec.value(claim)));
    }

    static String key(String of, FileIdentity file) {
        return new String(new PositionCodec(of).key(file), StandardCharsets.UTF_8);
    }

    static byte[] value(long offset, Set<String> rules, long rulesSince) {
        return value(offset, rules, rulesSince, 0);
    }

    static byte[] value(long offset, Set<String> rules, long rulesSince, int resets) {
        DeliveredPosition position =
                new DeliveredPosition(new Position(offset, true), rules, rulesSince, LineEnds.UNKNOWN, resets);
        return new PositionCodec("any").value("/a.log", position, Instant.now());
    }

    void commit(Map<String, byte[]> records) throws Exception {
        broker.createTopic(positionsTopic(), 1, Map.of("cleanup.policy", "compact"));
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            producer.initTransactions();
            producer.beginTransaction();
            records.forEach((key, value) -> producer.send(
                    new ProducerRecord<>(positionsTopic(), 0, key.getBytes(StandardCharsets.UTF_8), value)));
            producer.commitTransaction();
        }
    }

    KafkaProducer<byte[], byte[]> producer(String of) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        ExactlyOnce.transactionalId(of)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
