package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.client.BrokerWait;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.connectors.kafka.records.RecordNotices;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.start.ClaimMemory;
import io.pickaroon.connectors.kafka.topics.Preflight;
import io.pickaroon.connectors.kafka.topics.TopicDirectory;
import io.pickaroon.inputs.shown.MatchHeaders;
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
 * <p>All records of a file that go to one topic go to one partition, which the identity of the file decides, unless their
 * rule has the key decide. So a topic has the records of a file in the order of the file. The choice depends on the number
 * of partitions when a session begins, or when the first record names the topic.
 *
 * <p>A session that begins waits for brokers, and a running session for {@code delivery.timeout.ms}, after which it
 * fails as retryable. Both wait no longer than {@link KafkaSinkSettings.Limits#longestWait} from the last
 * acknowledgement on: then they fail as fatal. The user is told once, and again at intervals. The sink waits in the same
 * way for a topic of its settings that is deleted while it is in use; one that is missing from the beginning is fatal, or
 * created. Records that name a topic which does not exist are refused.
 *
 * <p>At least once: records that are sent again after a failed session may follow later ones that the brokers already
 * had; consumers recognize them by {@link MatchHeaders#ID}. Exactly once: a session first decides on its instance name
 * and fences all earlier sessions of that name, then reads the positions that they committed, and continues from there.
 */
public final class KafkaSink implements MatchSink {
    private final KafkaCluster cluster;
    private final Optional<PositionsTopic> positionsTopic;
    private final BrokerWait wait;
    private final Preflight preflight;
    private final TopicDirectory directory;
    private final RecordNotices notices = new RecordNotices();
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
        this.wait = new BrokerWait(cluster.bootstrapServers(), settings.limits().longestWait(), System::nanoTime);
        this.preflight = new Preflight(cluster, wait, positionsTopic);
        this.directory = new TopicDirectory(settings.topics().maxTopics(), reserved(), System::nanoTime);
    }

    /** Records may name any topic but the one of the positions. */
    private Set<String> reserved() {
        return positionsTopic.map(topic -> Set.of(topic.partition().topic())).orElse(Set.of());
    }

    /**
     * Begins to make the clients of the first session, which takes longer than what a program does between making a sink
     * and using it. Asks no broker. {@link #close} is needed then.
     */
    public void prepare() {
        preflight.prepare();
    }

    @Override
    public Optional<String> instance() {
        return memory.name();
    }

    /** What is waited for before windows can be delivered, in words; empty if nothing is. Any thread. */
    public Optional<String> awaited() {
        return wait.isWaiting() ? Optional.of("Kafka at " + cluster.bootstrapServers()) : Optional.empty();
    }

    /** Exactly-once delivery needs it. */
    @Override
    public void attach(DeliveringRun delivering) {
        run.set(delivering);
        wait.notWhile(delivering::waitsForRoom);
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

    /** The next transaction removes their positions. */
    @Override
    public void forget(Set<FileIdentity> files) {
        if (positionsTopic.isPresent()) {
            files.forEach(file -> forgottenInodes.add(file.ofGeneration(0)));
        }
    }

    /** Ends the sessions that still run; waits for each no longer than its {@code closeTimeout}. */
    @Override
    public void close() {
        preflight.close();
        sessions.forEach(this::end);
    }

    private KafkaSession newSession() {
        KafkaSession session =
                new KafkaSession(cluster, preflight, wait, newOpening(), new KafkaSession.Memory(directory, notices));
        sessions.add(session);
        return session;
    }

    private SessionOpening newOpening() {
        if (!(cluster.settings().guarantee() instanceof ExactlyOnce guarantee)) {
            return new AtLeastOnceOpening(cluster);
        }
        return new ExactlyOnceOpening(
                cluster,
                directory,
                new ExactlyOnceOpening.Shared(
                        guarantee,
                        positionsTopic.orElseThrow(),
                        Objects.requireNonNull(run.get(), "exactly-once delivery needs attach(..) first"),
                        memory,
                        transactions,
                        forgottenInodes));
    }

    private Mono<Void> release(KafkaSession session) {
        return Mono.<Void>fromRunnable(() -> end(session)).subscribeOn(Schedulers.boundedElastic());
    }

    private void end(KafkaSession session) {
        session.close();
        sessions.remove(session);
    }
}
