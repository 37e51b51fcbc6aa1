package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.BrokerWait;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.client.OpeningClients;
import io.pickaroon.connectors.kafka.client.OutageLog;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.metrics.StartTrace;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * Checks before the first record of a session that the brokers answer and have every topic.
 *
 * <p>A producer would notice much later and say much less: about a missing topic, for example, only that metadata did
 * not arrive within {@code max.block.ms}.
 *
 * <p>All sessions of a sink share one, which remembers what it saw. Thread-safe.
 */
public final class Preflight implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration NEW_TOPIC_GRACE = Duration.ofSeconds(3);

    private final KafkaCluster cluster;
    private final BrokerWait wait;
    private final TopicCheck check;
    /** True after the first answer: from then on an unknown host name is an outage. */
    private final AtomicBoolean everReached = new AtomicBoolean();
    /** Topics that existed once: one of them that is missing was deleted, and is waited for. */
    private final Set<String> knownTopics = ConcurrentHashMap.newKeySet();
    /** What {@link #prepare} makes, until the first session takes it. */
    private final AtomicReference<CompletableFuture<OpeningClients>> prepared = new AtomicReference<>();

    /**
     * @param wait how long brokers may be silent
     * @param positionsTopic present with exactly-once delivery; created if it is missing
     */
    public Preflight(KafkaCluster cluster, BrokerWait wait, Optional<PositionsTopic> positionsTopic) {
        this.cluster = cluster;
        this.wait = wait;
        this.check = new TopicCheck(cluster, positionsTopic);
    }

    /** Begins to make the clients of the first session, beside what the caller does. Asks no broker. */
    public void prepare() {
        CompletableFuture<OpeningClients> clients = new CompletableFuture<>();
        if (prepared.compareAndSet(null, clients)) {
            Schedulers.boundedElastic().schedule(() -> {
                try {
                    clients.complete(OpeningClients.of(cluster.properties(), (int) REQUEST_TIMEOUT.toMillis()));
                } catch (KafkaException e) {
                    clients.completeExceptionally(e);
                }
            });
        }
    }

    /** Closes what was prepared and no session has taken. */
    @Override
    public void close() {
        take().ifPresent(clients -> clients.thenAccept(OpeningClients::close));
    }

    private Optional<CompletableFuture<OpeningClients>> take() {
        return Optional.ofNullable(prepared.getAndSet(null));
    }

    /**
     * The brokers that answered.
     *
     * @param clients with which they were asked; the caller closes them
     * @param topics what they say about each topic
     */
    public record Answer(OpeningClients clients, Map<String, TopicFacts> topics) implements AutoCloseable {
        @Override
        public void close() {
            clients.close();
        }
    }

    /**
     * Waits until a broker answers and every topic that existed before exists again, as long as brokers may be silent.
     *
     * @param topics each topic with the words that say what needs it
     * @throws DeliveryException fatal, if a topic is missing or may not be written to, the settings are wrong, or the
     *     wait is over
     * @throws InterruptedException at once when the thread is interrupted
     */
    public Answer await(Map<String, String> topics) throws InterruptedException {
        OutageLog outage = cluster.outageLog(LOG);
        long startNanos = System.nanoTime();
        long firstAnswerNanos = Long.MAX_VALUE;
        long lastSaidNanos = 0;
        boolean saidMissing = false;
        while (true) {
            try {
                Answer answer = ask(topics);
                everReached.set(true);
                knownTopics.addAll(topics.keySet());
                outage.heard();
                if (saidMissing) {
                    LOG.info("Kafka at {} has all topics again", cluster.bootstrapServers());
                }
                return answer;
            } catch (MissingTopics missing) {
                everReached.set(true);
                outage.heard();
                long now = System.nanoTime();
                firstAnswerNanos = firstAnswerNanos == Long.MAX_VALUE ? now : firstAnswerNanos;
                boolean isWaitedFor = knownTopics.containsAll(missing.neededBy().keySet());
                if (!isWaitedFor && now - firstAnswerNanos > NEW_TOPIC_GRACE.toNanos()) {
                    throw DeliveryException.fatal(missing.atTheStart(), missing);
                }
                if (isWaitedFor
                        && (!saidMissing
                                || now - lastSaidNanos
                                        > cluster.settings()
                                                .limits()
                                                .noticeInterval()
                                                .toNanos())) {
                    saidMissing = true;
                    lastSaidNanos = now;
                    LOG.warn("{}; waiting for it, nothing is lost", missing.getMessage());
                }
                if (isWaitedFor) {
                    requireWaitLeft("topic " + MissingTopics.list(missing.neededBy()) + " was missing");
                } else {
                    wait.answered();
                }
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (!KafkaFailures.isOutage(cause)) {
                    throw cluster.failures().toDeliveryException(cause);
                }
                boolean timedOut = cause instanceof TimeoutException;
                outage.silent(
                        startNanos,
                        "no broker answers",
                        (timedOut ? "" : " (" + cluster.failures().messageOf(cause) + ")") + wait.note());
                requireWaitLeft("no broker has answered");
            }
            Thread.sleep(noLongerThanIsLeft(PAUSE));
        }
    }

    private void requireWaitLeft(String what) {
        wait.overdue(what).ifPresent(over -> {
            throw over;
        });
    }

    private Duration noLongerThanIsLeft(Duration pause) {
        return wait.left().filter(left -> left.compareTo(pause) < 0).orElse(pause);
    }

    private Answer ask(Map<String, String> topics) throws ExecutionException, InterruptedException {
        OpeningClients clients = connect();
        StartTrace.phase("Kafka: admin client");
        try {
            Answer answer =
                    new Answer(clients, check.facts(clients.admin(), topics, knownTopics, requestTimeoutMillis()));
            StartTrace.phase("Kafka: topics");
            clients = null;
            return answer;
        } finally {
            if (clients != null) {
                clients.close();
            }
        }
    }

    private int requestTimeoutMillis() {
        return (int) Math.max(1, noLongerThanIsLeft(REQUEST_TIMEOUT).toMillis());
    }

    private OpeningClients connect() throws ExecutionException, InterruptedException {
        try {
            return clients();
        } catch (KafkaException e) {
            if (everReached.get()) {
                throw new ExecutionException(
                        new KafkaException(cluster.failures().messageOf(e)));
            }
            throw cluster.failures().toConstructionFailure(e);
        }
    }

    private OpeningClients clients() throws InterruptedException {
        Optional<CompletableFuture<OpeningClients>> early = take();
        if (early.isEmpty()) {
            return OpeningClients.of(cluster.properties(), (int) REQUEST_TIMEOUT.toMillis());
        }
        try {
            return early.get().get();
        } catch (ExecutionException e) {
            throw (KafkaException) e.getCause();
        } catch (InterruptedException e) {
            early.get().thenAccept(OpeningClients::close);
            throw e;
        }
    }
}
