package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.ndjson.NdjsonFile;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);
    /** How long nothing is acknowledged until it is asked whether the topics are there. */
    private static final Duration SILENCE_BEFORE_TOPICS = Duration.ofSeconds(2);
    /** How long the brokers may take to hear that a transaction is aborted; without that they wait for its timeout. */
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(2);

    private final KafkaSinkSettings settings;
    private final ClientProperties properties;
    private final KafkaFailures failures;
    private final Preflight preflight;
    private final Optional<PositionsTopic> positionsTopic;
    private final LatencyHistogram transactions;
    private final Set<FileIdentity> forgottenInodes;
    private final Waiting waiting = new Waiting();
    private final TopicWatch topicWatch;

    private boolean closed;
    private Optional<NdjsonFile> deadLetterFile = Optional.empty();
    private Optional<Scheduler> acknowledging = Optional.empty();
    private Optional<Disposable> watch = Optional.empty();
    private Optional<WindowProducer> producer = Optional.empty();
    private Optional<KafkaSender<byte[], byte[]>> sender = Optional.empty();

    /**
     * @param positionsTopic there if delivery is exactly once
     * @param transactions is told how long each one took
     * @param forgottenInodes as in {@link PositionUpdates}
     */
    KafkaSession(
            KafkaSinkSettings settings,
            ClientProperties properties,
            KafkaFailures failures,
            Preflight preflight,
            Optional<PositionsTopic> positionsTopic,
            LatencyHistogram transactions,
            Set<FileIdentity> forgottenInodes) {
        this.settings = settings;
        this.properties = properties;
        this.failures = failures;
        this.preflight = preflight;
        this.positionsTopic = positionsTopic;
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
    private Sending open() throws ExecutionException {
        try {
            if (settings.refusedRecords() instanceof RefusedRecords.ToFile file) {
                openDeadLetterFile(file);
            }
            Map<String, TopicFacts> topics = preflight.await(topics());
            Lanes lanes = Lanes.of(settings, properties, topics);
            Open open = start(lanes);
            return open == null ? null : sending(open, topics, lanes);
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
        if (settings.guarantee() instanceof ExactlyOnce exactlyOnce) {
            topics.merge(exactlyOnce.positionsTopic(), "positions", (one, other) -> one + ", " + other);
        }
        return topics;
    }

    private synchronized void openDeadLetterFile(RefusedRecords.ToFile file) {
        if (!closed) {
            deadLetterFile = Optional.of(NdjsonFile.open(file.path()));
        }
    }

    private synchronized Open start(Lanes lanes) {
        if (closed) {
            return null;
        }
        Scheduler scheduler = Schedulers.newSingle("pickaroon-kafka-acks", true);
        acknowledging = Optional.of(scheduler);
        KafkaSender<byte[], byte[]> kafkaSender = createSender(lanes.smallestLimitBytes(), scheduler);
        sender = Optional.of(kafkaSender);
        try {
            kafkaSender.doOnProducer(_ -> true).block();
        } catch (KafkaException e) {
            throw failures.toConstructionFailure(e);
        }
        watch = Optional.of(watchSilence(scheduler));
        return new Open(kafkaSender, producer.orElseThrow(), scheduler);
    }

    private KafkaSender<byte[], byte[]> createSender(int smallestLimit, Scheduler scheduler) {
        SenderOptions<byte[], byte[]> options = SenderOptions.<byte[], byte[]>create(properties.producer(smallestLimit))
                .closeTimeout(settings.closeTimeout())
                .scheduler(scheduler)
                .maxInFlight(1)
                .stopOnError(true);
        return KafkaSender.create(new WindowProducers(), options);
    }

    /** Not under the lock: this may take long, and {@link #close} ends it. */
    private Sending sending(Open open, Map<String, TopicFacts> topics, Lanes lanes)
            throws ExecutionException, InterruptedException {
        DeadLetterBox deadLetters =
                new DeadLetterBox(settings.refusedRecords(), deadLetterFile, lanes.maxDeadLetterBytes());
        if (!(settings.guarantee() instanceof ExactlyOnce exactlyOnce)) {
            return new WindowSending(
                    settings, open.sender(), lanes, deadLetters, failures, open.acknowledging(), waiting);
        }
        PositionsTopic topic = positionsTopic.orElseThrow();
        takeOver(open.producer(), exactlyOnce, partitions(topics));
        Map<FileIdentity, DeliveredPosition> positions = topic.read();
        return new TransactionSending(
                exactlyOnce,
                properties.transactionTimeout(),
                open.sender(),
                positions,
                new PositionUpdates(topic, positions, forgottenInodes),
                lanes,
                deadLetters,
                failures,
                open.acknowledging(),
                InstantSource.system(),
                waiting,
                transactions);
    }

    private List<TopicPartition> partitions(Map<String, TopicFacts> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        partitions.add(positionsTopic.orElseThrow().partition());
        topics.forEach((topic, facts) -> IntStream.range(0, facts.partitions())
                .forEach(number -> partitions.add(new TopicPartition(topic, number))));
        return partitions;
    }

    private void takeOver(WindowProducer open, ExactlyOnce exactlyOnce, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Optional<HangingTransaction> hanging =
                HangingTransaction.find(properties.admin(), exactlyOnce.transactionalId(), partitions);
        try {
            open.takeOver();
            if (hanging.isPresent()) {
                finish(hanging.get(), open);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw failures.ofTransaction(e, false);
        }
    }

    private void finish(HangingTransaction hanging, WindowProducer open)
            throws ExecutionException, InterruptedException {
        PositionsTopic positions = positionsTopic.orElseThrow();
        hanging.finish(open, positions);
        Set<TopicPartition> left = new LinkedHashSet<>(hanging.partitions());
        left.removeAll(hanging.finishable(positions));
        LOG.warn(
                "Kafka at {}: it had left the last transaction open in {} although it was {} (KAFKA-20734); that is"
                        + " mended{}",
                settings.bootstrapServers(),
                hanging.partitions(),
                hanging.isCommitted() ? "committed" : "aborted",
                left.isEmpty() ? "" : ", in " + left + " with the next record there");
    }

    /** Says so when windows wait and nothing of any of them is acknowledged. */
    private Disposable watchSilence(Scheduler scheduler) {
        OutageLog outage = new OutageLog(LOG, settings.bootstrapServers(), settings.noticeInterval(), System::nanoTime);
        long[] lastAcknowledged = {0};
        long[] lastProgressNanos = {System.nanoTime()};
        return scheduler.schedulePeriodically(
                () -> {
                    long now = System.nanoTime();
                    long acknowledged = waiting.answers().sum();
                    long windows = waiting.windows().get();
                    if (windows == 0 || acknowledged != lastAcknowledged[0]) {
                        if (acknowledged != lastAcknowledged[0]) {
                            outage.heard();
                        }
                        lastAcknowledged[0] = acknowledged;
                        lastProgressNanos[0] = now;
                        return;
                    }
                    if (now - lastProgressNanos[0] > SILENCE_BEFORE_TOPICS.toNanos()) {
                        topicWatch.ask();
                    }
                    if (now - lastProgressNanos[0]
                            > settings.silenceBeforeNotice().toNanos()) {
                        outage.silent(lastProgressNanos[0], "no acknowledgement", " (" + windows + " windows wait)");
                    }
                },
                WATCH_PERIOD.toMillis(),
                WATCH_PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
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
