package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.client.BrokerWait;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.records.RecordNotices;
import io.pickaroon.connectors.kafka.records.SessionRecords;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.send.DeadLetterBox;
import io.pickaroon.connectors.kafka.send.InFlightCounters;
import io.pickaroon.connectors.kafka.send.RecordPreparation;
import io.pickaroon.connectors.kafka.send.Sender;
import io.pickaroon.connectors.kafka.send.SessionResources;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.topics.NeededTopics;
import io.pickaroon.connectors.kafka.topics.Preflight;
import io.pickaroon.connectors.kafka.topics.TopicDirectory;
import io.pickaroon.connectors.kafka.topics.TopicLookup;
import io.pickaroon.connectors.kafka.topics.TopicWatch;
import io.pickaroon.connectors.ndjson.NdjsonFile;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.metrics.StartTrace;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One producer from its start to its end, with what belongs to it: its network thread, the sending thread, the thread
 * on which acknowledgements come, the dead-letter file.
 *
 * <p>{@link #close} is safe from any thread, at any time, any number of times, and waits for the brokers no longer than
 * the {@code closeTimeout} of the limits. After a failure the engine starts another session; this one retries nothing.
 */
final class KafkaSession {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSession.class);

    private final KafkaCluster cluster;
    private final Preflight preflight;
    private final BrokerWait wait;
    private final SessionOpening opening;
    private final NeededTopics topics;
    private final Memory memory;
    private final TopicLookup lookup;
    private final TopicWatch topicWatch;
    private final InFlightCounters inFlight = new InFlightCounters();

    /**
     * What the sessions of a sink remember from those before.
     *
     * @param directory the topics that records name
     * @param notices what the user was told
     */
    record Memory(TopicDirectory directory, RecordNotices notices) {}

    private boolean closed;
    private Optional<NdjsonFile> deadLetterFile = Optional.empty();
    private Optional<RunningProducer> producer = Optional.empty();
    private Optional<SilenceWatch> silenceWatch = Optional.empty();

    KafkaSession(KafkaCluster cluster, Preflight preflight, BrokerWait wait, SessionOpening opening, Memory memory) {
        this.cluster = cluster;
        this.preflight = preflight;
        this.wait = wait;
        this.opening = opening;
        this.topics = NeededTopics.of(cluster.settings());
        this.memory = memory;
        this.lookup = new TopicLookup(cluster, memory.directory());
        this.topicWatch = new TopicWatch(cluster, this::usedTopics);
    }

    private Map<String, String> usedTopics() {
        Map<String, String> used = new HashMap<>(topics.all());
        memory.directory().topics().keySet().forEach(topic -> used.putIfAbsent(topic, "records"));
        return used;
    }

    /** Waits for the brokers, then sends the windows; acknowledgements come on a thread of this session. */
    Flux<Acknowledgement> deliver(Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Mono.fromCallable(this::open)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(cluster.failures()::toDeliveryException)
                .flatMap(Mono::justOrEmpty)
                .flatMapMany(sender -> sender.send(windowsAfter.apply(sender.positions()))
                        .takeUntilOther(topicWatch.gone())
                        .takeUntilOther(givenUp()))
                .doOnError(_ -> abandon())
                .doOnCancel(this::abandon);
    }

    /**
     * Empty if the session was cancelled or closed meanwhile. Not under the lock: it may take long, and close ends it.
     */
    private Optional<Sender> open() throws ExecutionException {
        try {
            wait.sessionBegins();
            openDeadLetterFile();
            try (Preflight.Answer answer = preflight.await(topics.written())) {
                return open(answer);
            }
        } catch (InterruptedException | InterruptException cancelled) {
            return Optional.empty();
        } catch (KafkaException | DeliveryException e) {
            if (isClosed()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Sender> open(Preflight.Answer answer) throws ExecutionException, InterruptedException {
        memory.directory().refresh(answer.clients().admin());
        TopicRoutes routes = TopicRoutes.of(
                cluster.settings(),
                cluster.properties(),
                answer.topics(),
                memory.directory().topics());
        Map<String, Object> producerProperties = opening.producerProperties(answer, routes);
        Optional<RunningProducer> running = start(producerProperties);
        if (running.isEmpty()) {
            return Optional.empty();
        }
        int batchBytes = (int) producerProperties.get(ProducerConfig.BATCH_SIZE_CONFIG);
        RecordPreparation preparation = new RecordPreparation(records(routes), lookup, batchBytes, inFlight);
        DeadLetterBox deadLetters =
                new DeadLetterBox(cluster.settings().refusedRecords(), deadLetterFile(), routes.maxDeadLetterBytes());
        Sender sender = opening.sender(
                running.get().producer(),
                new SessionResources(
                        running.get().sender(),
                        running.get().acknowledging(),
                        preparation,
                        deadLetters,
                        cluster.failures(),
                        inFlight));
        wait.sessionOpened();
        return Optional.of(sender);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void openDeadLetterFile() {
        if (!closed && cluster.settings().refusedRecords() instanceof RefusedRecords.ToFile file) {
            deadLetterFile = Optional.of(NdjsonFile.open(file.path()));
        }
    }

    /** Empty if the session was closed meanwhile. */
    private synchronized Optional<RunningProducer> start(Map<String, Object> producerProperties) {
        if (closed) {
            return Optional.empty();
        }
        try {
            RunningProducer running = RunningProducer.start(
                    producerProperties, cluster.settings().limits().closeTimeout(), opening.abandonedCloseLimit());
            producer = Optional.of(running);
            StartTrace.phase("Kafka: producer");
            silenceWatch =
                    Optional.of(SilenceWatch.start(inFlight, topicWatch, wait, cluster, running.acknowledging()));
            return producer;
        } catch (KafkaException e) {
            throw cluster.failures().toConstructionFailure(e);
        }
    }

    private SessionRecords records(TopicRoutes routes) {
        return new SessionRecords(
                routes,
                cluster.properties(),
                cluster.settings().topics().origins(),
                memory.notices(),
                InstantSource.system());
    }

    private synchronized Mono<Void> givenUp() {
        return silenceWatch.map(SilenceWatch::givenUp).orElse(Mono.never());
    }

    private synchronized Optional<NdjsonFile> deadLetterFile() {
        return deadLetterFile;
    }

    /** Everything that is not acknowledged yet counts as not delivered; closing does not wait for it. */
    private synchronized void abandon() {
        closed = true;
        wait.silent();
        producer.ifPresent(RunningProducer::abandon);
        lookup.close();
    }

    synchronized void close() {
        closed = true;
        lookup.close();
        silenceWatch.ifPresent(SilenceWatch::dispose);
        silenceWatch = Optional.empty();
        try {
            producer.ifPresent(RunningProducer::close);
        } catch (KafkaException e) {
            LOG.warn(
                    "closing the producer for Kafka at {} failed: {}",
                    cluster.bootstrapServers(),
                    cluster.failures().messageOf(e));
        }
        producer = Optional.empty();
        deadLetterFile.ifPresent(NdjsonFile::close);
        deadLetterFile = Optional.empty();
    }
}
