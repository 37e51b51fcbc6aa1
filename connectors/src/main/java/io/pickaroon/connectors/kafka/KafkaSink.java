package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.connectors.kafka.records.MatchHeaders;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Guarantee.AtLeastOnce;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.start.ClaimMemory;
import io.pickaroon.connectors.kafka.topics.Preflight;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends matches to topics of a Kafka cluster, with the {@link Guarantee} of its settings: an idempotent producer,
 * acknowledged by all in-sync replicas, with or without transactions.
 *
 * <p>All records of one file that go to one topic go to one partition, chosen by the identity of the file, and have no
 * key: so they keep the file's order, and one file uses one partition of a topic. The choice depends on the number of
 * partitions when a session begins.
 *
 * <p>A broker that is away is waited for: without an end when a session begins, for {@code delivery.timeout.ms} in the
 * middle of one, after which the session fails as retryable. The user is told once and then at intervals. A topic that is
 * deleted while it is in use is waited for in the same way; one that is missing from the beginning is fatal.
 *
 * <p>At least once: records sent again after a failed session follow later ones that the brokers already had; their
 * {@link MatchHeaders#ID} tells. Exactly once: a session begins by finding out under which name it goes on, fencing all
 * earlier ones of that name, then reads the positions that they committed, and goes on from there.
 */
public final class KafkaSink implements MatchSink {
    private final KafkaCluster cluster;
    private final Optional<PositionsTopic> positionsTopic;
    private final Preflight preflight;
    private final AtomicReference<DeliveringRun> run = new AtomicReference<>();
    private final LatencyHistogram transactions = new LatencyHistogram();
    private final Set<FileIdentity> forgottenInodes = ConcurrentHashMap.newKeySet();
    private final ClaimMemory memory = new ClaimMemory();
    private final Set<KafkaSession> sessions = ConcurrentHashMap.newKeySet();

    /** @throws DeliveryException fatal, if Kafka does not accept one of the properties */
    public KafkaSink(KafkaSinkSettings settings) {
        this.cluster = KafkaCluster.of(settings);
        this.positionsTopic = settings.guarantee() instanceof ExactlyOnce exactlyOnce
                ? Optional.of(new PositionsTopic(exactlyOnce.positionsTopic(), cluster))
                : Optional.empty();
        this.preflight = new Preflight(cluster, positionsTopic);
    }

    @Override
    public Optional<String> instance() {
        return memory.name();
    }

    /** Exactly-once delivery needs it. */
    @Override
    public void attach(DeliveringRun delivering) {
        run.set(delivering);
    }

    @Override
    public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return resume(_ -> windows);
    }

    @Override
    public Flux<Acknowledgement> resume(
            Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Flux.usingWhen(
                Mono.fromSupplier(this::newSession),
                session -> session.deliver(windowsAfter),
                this::release,
                (session, _) -> release(session),
                this::release);
    }

    @Override
    public Latencies transactions() {
        return transactions.latencies();
    }

    /** With the next transaction their positions are removed. */
    @Override
    public void forget(Set<FileIdentity> files) {
        if (positionsTopic.isPresent()) {
            files.forEach(file -> forgottenInodes.add(file.ofGeneration(0)));
        }
    }

    /** Ends sessions that are still there; waits for each no longer than its {@code closeTimeout}. */
    @Override
    public void close() {
        sessions.forEach(this::end);
    }

    private KafkaSession newSession() {
        KafkaSession session = new KafkaSession(cluster, preflight, newOpening());
        sessions.add(session);
        return session;
    }

    private SessionOpening newOpening() {
        return switch (cluster.settings().guarantee()) {
            case AtLeastOnce _ -> new AtLeastOnceOpening(cluster);
            case ExactlyOnce guarantee ->
                new ExactlyOnceOpening(
                        cluster,
                        new ExactlyOnceOpening.Shared(
                                guarantee,
                                positionsTopic.orElseThrow(),
                                Objects.requireNonNull(run.get(), "exactly-once delivery needs attach(..) first"),
                                memory,
                                transactions,
                                forgottenInodes));
        };
    }

    private Mono<Void> release(KafkaSession session) {
        return Mono.<Void>fromRunnable(() -> end(session)).subscribeOn(Schedulers.boundedElastic());
    }

    private void end(KafkaSession session) {
        session.close();
        sessions.remove(session);
    }
}
