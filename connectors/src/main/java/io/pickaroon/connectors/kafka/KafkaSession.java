package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.positions.PositionUpdates;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.send.AtLeastOnceSender;
import io.pickaroon.connectors.kafka.send.DeadLetterBox;
import io.pickaroon.connectors.kafka.send.ExactlyOnceSender;
import io.pickaroon.connectors.kafka.send.InFlightCounters;
import io.pickaroon.connectors.kafka.send.Sender;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.start.ClaimMemory;
import io.pickaroon.connectors.kafka.start.SessionStart;
import io.pickaroon.connectors.kafka.start.Takeover;
import io.pickaroon.connectors.kafka.topics.Preflight;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import io.pickaroon.connectors.kafka.topics.TopicWatch;
import io.pickaroon.connectors.ndjson.NdjsonFile;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.internals.ProducerFactory;

/**
 * One producer from its making to its end, and everything that belongs to it: its network thread, the sending thread,
 * the thread on which acknowledgements come, the dead-letter file.
 *
 * <p>A failed producer is never used again: the engine starts another session. {@link #close} is safe from any thread,
 * at any time, any number of times, and waits no longer than {@code closeTimeout} for the brokers.
 */
final class KafkaSession {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSession.class);
    /** How long the brokers may take to hear that a transaction is aborted; without that they wait for its timeout. */
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(2);

    private final KafkaSinkSettings settings;
    private final ClientProperties properties;
    private final KafkaFailures failures;
    private final Preflight preflight;
    private final Optional<ExactlyOnceParts> exactlyOnce;
    private final LatencyHistogram transactions;
    private final Set<FileIdentity> forgottenInodes;
    private final InFlightCounters waiting = new InFlightCounters();
    private final TopicWatch topicWatch;

    private boolean closed;
    private Optional<NdjsonFile> deadLetterFile = Optional.empty();
    private Optional<Scheduler> acknowledging = Optional.empty();
    private Optional<Disposable> watch = Optional.empty();
    private Optional<WindowProducer> producer = Optional.empty();
    private Optional<KafkaSender<byte[], byte[]>> sender = Optional.empty();

    /**
     * What a session needs to deliver exactly once.
     *
     * @param run whom it asks who it is
     */
    record ExactlyOnceParts(ExactlyOnce guarantee, PositionsTopic topic, DeliveringRun run, ClaimMemory memory) {}

    /**
     * @param exactlyOnce there if delivery is exactly once
     * @param transactions is told how long each one took
     * @param forgottenInodes as in {@link PositionUpdates}
     */
    KafkaSession(
            KafkaSinkSettings settings,
            ClientProperties properties,
            KafkaFailures failures,
            Preflight preflight,
            Optional<ExactlyOnceParts> exactlyOnce,
            LatencyHistogram transactions,
            Set<FileIdentity> forgottenInodes) {
        this.settings = settings;
        this.properties = properties;
        this.failures = failures;
        this.preflight = preflight;
        this.exactlyOnce = exactlyOnce;
        this.transactions = transactions;
        this.forgottenInodes = forgottenInodes;
        this.topicWatch = new TopicWatch(settings, properties, allTopics());
    }

    /** Waits for the brokers, then sends the windows; acknowledgements come on a thread of this session. */
    Flux<Acknowledgement> deliver(Function<Map<FileIdentity, DeliveredPosition>, Flux<ScannedWindow>> windowsAfter) {
        return Mono.fromCallable(this::open)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(failures::toDeliveryException)
                .flatMapMany(sending ->
                        sending.send(windowsAfter.apply(sending.positions())).takeUntilOther(topicWatch.gone()))
                .doOnError(_ -> abandon())
                .doOnCancel(this::abandon);
    }

    private record Open(KafkaSender<byte[], byte[]> sender, WindowProducer producer, Scheduler acknowledging) {}

    /** Null if the session was cancelled meanwhile. */
    private Sender open() throws ExecutionException {
        try {
            if (settings.refusedRecords() instanceof RefusedRecords.ToFile file) {
                openDeadLetterFile(file);
            }
            Map<String, TopicFacts> topics = preflight.await(topics());
            TopicRoutes lanes = TopicRoutes.of(settings, properties, topics);
            return exactlyOnce.isPresent() ? exactlyOnce(exactlyOnce.get(), topics, lanes) : atLeastOnce(lanes);
        } catch (InterruptedException | InterruptException cancelled) {
            return null;
        } catch (KafkaException | DeliveryException e) {
            if (isClosed()) {
                return null;
            }
            throw e;
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private Map<String, String> topics() {
        Map<String, String> topics = new TreeMap<>();
        settings.routes()
                .forEach((ruleId, route) ->
                        topics.merge(route.topic(), "rule '" + ruleId + "'", (one, other) -> one + ", " + other));
        if (settings.refusedRecords() instanceof RefusedRecords.ToTopic deadLetters) {
            topics.merge(deadLetters.topic(), "dead letters", (one, other) -> one + ", " + other);
        }
        return topics;
    }

    private Map<String, String> allTopics() {
        Map<String, String> topics = topics();
        if (settings.guarantee() instanceof ExactlyOnce transactions) {
            topics.merge(transactions.positionsTopic(), "positions", (one, other) -> one + ", " + other);
        }
        return topics;
    }

    private synchronized void openDeadLetterFile(RefusedRecords.ToFile file) {
        if (!closed) {
            deadLetterFile = Optional.of(NdjsonFile.open(file.path()));
        }
    }

    /** Null if the session was cancelled meanwhile. */
    private synchronized Open start(Map<String, Object> producerProperties) {
        if (closed) {
            return null;
        }
        Scheduler scheduler = Schedulers.newSingle("pickaroon-kafka-acks", true);
        acknowledging = Optional.of(scheduler);
        KafkaSender<byte[], byte[]> kafkaSender = createSender(producerProperties, scheduler);
        sender = Optional.of(kafkaSender);
        try {
            kafkaSender.doOnProducer(_ -> true).block();
        } catch (KafkaException e) {
            throw failures.toConstructionFailure(e);
        }
        watch = Optional.of(SilenceWatch.start(waiting, topicWatch, settings, LOG, scheduler));
        return new Open(kafkaSender, producer.orElseThrow(), scheduler);
    }

    private KafkaSender<byte[], byte[]> createSender(Map<String, Object> producerProperties, Scheduler scheduler) {
        SenderOptions<byte[], byte[]> options = SenderOptions.<byte[], byte[]>create(producerProperties)
                .closeTimeout(settings.closeTimeout())
                .scheduler(scheduler)
                .maxInFlight(1)
                .stopOnError(true);
        return KafkaSender.create(new WindowProducers(), options);
    }

    private Sender atLeastOnce(TopicRoutes lanes) {
        Open open = start(properties.producer(lanes.smallestLimitBytes()));
        return open == null
                ? null
                : new AtLeastOnceSender(
                        settings, open.sender(), lanes, deadLetters(lanes), failures, open.acknowledging(), waiting);
    }

    /** Not under the lock: this may take long, and {@link #close} ends it. */
    private Sender exactlyOnce(ExactlyOnceParts parts, Map<String, TopicFacts> topics, TopicRoutes lanes)
            throws ExecutionException, InterruptedException {
        Takeover takeover = new Takeover(settings, properties, failures, partitions(parts.topic(), topics));
        SessionStart start = new SessionStart(parts.guarantee(), parts.topic(), parts.run(), parts.memory(), takeover);
        GoOn goOn = start.decide();
        failures.runsAs(goOn.name());
        Open open = start(properties.producer(lanes.smallestLimitBytes(), goOn.name()));
        if (open == null) {
            return null;
        }
        SessionStart.Started started = start.begin(open.producer(), goOn);
        return new ExactlyOnceSender(
                parts.guarantee(),
                properties.transactionTimeout(),
                open.sender(),
                started.positions(),
                new PositionUpdates(started.records(), started.positions(), forgottenInodes, parts.run()::resets),
                lanes,
                deadLetters(lanes),
                failures,
                open.acknowledging(),
                InstantSource.system(),
                waiting,
                transactions,
                started.passing());
    }

    private DeadLetterBox deadLetters(TopicRoutes lanes) {
        return new DeadLetterBox(settings.refusedRecords(), deadLetterFile, lanes.maxDeadLetterBytes());
    }

    private static List<TopicPartition> partitions(PositionsTopic positions, Map<String, TopicFacts> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        partitions.add(positions.partition());
        topics.forEach((topic, facts) -> IntStream.range(0, facts.partitions())
                .forEach(number -> partitions.add(new TopicPartition(topic, number))));
        return partitions;
    }

    /** What is not acknowledged by now counts as not delivered: nobody waits for it. */
    private synchronized void abandon() {
        closed = true;
        producer.ifPresent(WindowProducer::abandon);
    }

    synchronized void close() {
        closed = true;
        watch.ifPresent(Disposable::dispose);
        watch = Optional.empty();
        try {
            // First, because Reactor Kafka's own close waits for the sending thread, and this ends what it waits for.
            producer.ifPresent(open -> open.close(settings.closeTimeout()));
            sender.ifPresent(KafkaSender::close);
        } catch (KafkaException e) {
            LOG.warn(
                    "closing the producer for Kafka at {} failed: {}",
                    settings.bootstrapServers(),
                    failures.messageOf(e));
        }
        sender = Optional.empty();
        producer = Optional.empty();
        acknowledging.ifPresent(Scheduler::dispose);
        deadLetterFile.ifPresent(NdjsonFile::close);
        deadLetterFile = Optional.empty();
    }

    private Duration abandonedCloseLimit() {
        return settings.guarantee() instanceof ExactlyOnce ? ABORT_LIMIT : Duration.ZERO;
    }

    private final class WindowProducers extends ProducerFactory {
        /** Called once, by {@link #start}; the types are those of the options made there. */
        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Producer<K, V> createProducer(SenderOptions<K, V> options) {
            WindowProducer created = new WindowProducer(options.producerProperties(), abandonedCloseLimit());
            producer = Optional.of(created);
            return (Producer<K, V>) created;
        }
    }
}
