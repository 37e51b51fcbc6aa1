package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.ndjson.NdjsonFile;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
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

    private final KafkaSinkSettings settings;
    private final ClientProperties properties;
    private final KafkaFailures failures;
    private final Preflight preflight;
    private final LongAdder acknowledgedRecords = new LongAdder();
    private final AtomicLong windowsInFlight = new AtomicLong();
    private final AtomicBoolean saidDeadLetter = new AtomicBoolean();

    private Map<String, Lane> laneByRuleId = Map.of();
    private int maxDeadLetterBytes;
    private boolean closed;
    private Optional<NdjsonFile> deadLetterFile = Optional.empty();
    private Optional<Scheduler> acknowledging = Optional.empty();
    private Optional<Disposable> watch = Optional.empty();
    private Optional<WindowProducer> producer = Optional.empty();
    private Optional<KafkaSender<byte[], byte[]>> sender = Optional.empty();

    KafkaSession(KafkaSinkSettings settings, ClientProperties properties, KafkaFailures failures, Preflight preflight) {
        this.settings = settings;
        this.properties = properties;
        this.failures = failures;
        this.preflight = preflight;
    }

    /** Waits for the brokers, then sends the windows; acknowledgements come on a thread of this session. */
    Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
        return Mono.fromCallable(this::open)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(failures::toDeliveryException)
                .flatMapMany(open -> sendAll(open, windows))
                .doOnError(_ -> abandon())
                .doOnCancel(this::abandon);
    }

    private Flux<Acknowledgement> sendAll(KafkaSender<byte[], byte[]> open, Flux<ScannedWindow> windows) {
        InFlightGate gate = new InFlightGate(windows, settings.maxInFlightWindows(), settings.maxInFlightBytes());
        return gate.flatMap(window -> send(open, window), Integer.MAX_VALUE, 1)
                .doOnNext(acknowledgement -> gate.release(acknowledgement.window()));
    }

    /** Null if the session was cancelled meanwhile. */
    private KafkaSender<byte[], byte[]> open() {
        try {
            if (settings.refusedRecords() instanceof RefusedRecords.ToFile file) {
                openDeadLetterFile(file);
            }
            return start(preflight.await(topics()));
        } catch (InterruptedException cancelled) {
            return null;
        }
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

    private synchronized void openDeadLetterFile(RefusedRecords.ToFile file) {
        if (!closed) {
            deadLetterFile = Optional.of(NdjsonFile.open(file.path()));
        }
    }

    private synchronized KafkaSender<byte[], byte[]> start(Map<String, TopicFacts> facts) {
        if (closed) {
            return null;
        }
        Map<String, Lane> lanes = new HashMap<>();
        settings.routes()
                .forEach((ruleId, route) ->
                        lanes.put(ruleId, Lane.of(ruleId, route, facts.get(route.topic()), properties)));
        laneByRuleId = Map.copyOf(lanes);
        if (settings.refusedRecords() instanceof RefusedRecords.ToTopic deadLetters) {
            maxDeadLetterBytes = Math.min(
                    properties.maxRecordBytes(), facts.get(deadLetters.topic()).maxMessageBytes());
        }
        int smallestLimit = facts.values().stream()
                .mapToInt(TopicFacts::maxMessageBytes)
                .min()
                .orElse(Integer.MAX_VALUE);
        Scheduler scheduler = Schedulers.newSingle("pickaroon-kafka-acks", true);
        acknowledging = Optional.of(scheduler);
        KafkaSender<byte[], byte[]> kafkaSender = createSender(smallestLimit, scheduler);
        sender = Optional.of(kafkaSender);
        try {
            kafkaSender.doOnProducer(_ -> true).block();
        } catch (KafkaException e) {
            throw failures.toConstructionFailure(e);
        }
        watch = Optional.of(watchSilence(scheduler));
        return kafkaSender;
    }

    private KafkaSender<byte[], byte[]> createSender(int smallestLimit, Scheduler scheduler) {
        SenderOptions<byte[], byte[]> options = SenderOptions.<byte[], byte[]>create(properties.producer(smallestLimit))
                .closeTimeout(settings.closeTimeout())
                .scheduler(scheduler)
                .maxInFlight(1)
                .stopOnError(true);
        return KafkaSender.create(new WindowProducers(), options);
    }

    /** Says so when windows wait and no record of any of them is acknowledged. */
    private Disposable watchSilence(Scheduler scheduler) {
        OutageLog outage = new OutageLog(LOG, settings.bootstrapServers(), settings.noticeInterval(), System::nanoTime);
        long[] lastAcknowledged = {0};
        long[] lastProgressNanos = {System.nanoTime()};
        return scheduler.schedulePeriodically(
                () -> {
                    long now = System.nanoTime();
                    long acknowledged = acknowledgedRecords.sum();
                    long waiting = windowsInFlight.get();
                    if (waiting == 0 || acknowledged != lastAcknowledged[0]) {
                        if (acknowledged != lastAcknowledged[0]) {
                            outage.heard();
                        }
                        lastAcknowledged[0] = acknowledged;
                        lastProgressNanos[0] = now;
                    } else if (now - lastProgressNanos[0]
                            > settings.silenceBeforeNotice().toNanos()) {
                        outage.silent(lastProgressNanos[0], "no acknowledgement", " (" + waiting + " windows wait)");
                    }
                },
                WATCH_PERIOD.toMillis(),
                WATCH_PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private Mono<Acknowledgement> send(KafkaSender<byte[], byte[]> open, ScannedWindow window) {
        if (window.matches().isEmpty()) {
            return Mono.just(Acknowledgement.of(window));
        }
        boolean collectsRefused = !(settings.refusedRecords() instanceof RefusedRecords.Stop);
        WindowRecords records = new WindowRecords(window, laneByRuleId);
        WindowTransfer transfer = new WindowTransfer(records, collectsRefused, acknowledgedRecords);
        windowsInFlight.incrementAndGet();
        return open.send(Mono.just(SenderRecord.create("", null, null, (byte[]) null, (byte[]) null, transfer)))
                .then(Mono.defer(() -> divertRefused(open, transfer)))
                .doOnNext(_ -> windowsInFlight.decrementAndGet())
                .onErrorMap(failures::toDeliveryException);
    }

    private Mono<Acknowledgement> divertRefused(KafkaSender<byte[], byte[]> open, WindowTransfer transfer) {
        long refusedMatches = transfer.refused().size();
        if (refusedMatches == 0) {
            return Mono.just(Acknowledgement.of(transfer.records().window()));
        }
        Mono<Void> diverted = switch (settings.refusedRecords()) {
            case RefusedRecords.ToTopic letters ->
                open.send(Flux.fromIterable(DeadLetters.records(transfer, letters.topic(), maxDeadLetterBytes))
                                .map(letter -> SenderRecord.create(letter, null)))
                        .then();
            case RefusedRecords.ToFile _ ->
                Mono.<Void>fromRunnable(() -> DeadLetters.append(transfer, deadLetterFile.orElseThrow()))
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(acknowledging.orElseThrow());
            case RefusedRecords.Stop _ -> throw new IllegalStateException("a refused record ends the session");
        };
        return diverted.then(Mono.fromSupplier(() -> {
            sayDeadLetter(transfer);
            long refusedBytes = transfer.refused().stream()
                    .mapToLong(refused -> transfer.records().recordBytes(refused.match()))
                    .sum();
            return new Acknowledgement(transfer.records().window(), refusedMatches, refusedBytes);
        }));
    }

    private void sayDeadLetter(WindowTransfer transfer) {
        if (saidDeadLetter.compareAndSet(false, true)) {
            RefusedMatch first = transfer.refused().getFirst();
            LOG.warn(
                    "Kafka refused the record in {}: {}; it is a dead letter now. Later ones are counted without a"
                            + " word",
                    transfer.records().origin(first.match()),
                    first.reason());
        }
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
            sender.ifPresent(KafkaSender::close);
        } catch (KafkaException e) {
            LOG.warn("closing the producer for Kafka at {} failed: {}", settings.bootstrapServers(), e.getMessage());
        }
        sender = Optional.empty();
        producer = Optional.empty();
        acknowledging.ifPresent(Scheduler::dispose);
        deadLetterFile.ifPresent(NdjsonFile::close);
        deadLetterFile = Optional.empty();
    }

    private final class WindowProducers extends ProducerFactory {
        /** Called once, by {@link #start}; the types are those of the options made there. */
        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Producer<K, V> createProducer(SenderOptions<K, V> options) {
            WindowProducer created = new WindowProducer(options.producerProperties());
            producer = Optional.of(created);
            return (Producer<K, V>) created;
        }
    }
}
