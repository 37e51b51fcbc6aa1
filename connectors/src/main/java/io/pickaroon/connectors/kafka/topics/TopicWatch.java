package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.processor.delivery.DeliveryException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Checks, while nothing is acknowledged, whether a topic was deleted: the producer would report only after
 * {@code delivery.timeout.ms} that its records have expired. Thread-safe; {@link #ask} does not wait. It creates no
 * topic.
 */
public final class TopicWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    /** Bounds how long a check outlives its session, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** A broker that has just started may not know its topics yet. */
    private static final int ANSWERS_NEEDED = 2;

    private final KafkaCluster cluster;
    private final Supplier<Map<String, String>> topics;
    private final Sinks.Empty<Void> gone = Sinks.empty();
    private final AtomicBoolean asking = new AtomicBoolean();
    private int missingAnswers;

    /** @param topics gives each with the words that say what needs it */
    public TopicWatch(KafkaCluster cluster, Supplier<Map<String, String>> topics) {
        this.cluster = cluster;
        this.topics = topics;
    }

    /** Fails as retryable when a topic is gone; never completes otherwise. */
    public Mono<Void> gone() {
        return gone.asMono();
    }

    /** Starts a check, unless one runs. To be called at intervals while nothing is acknowledged. */
    public void ask() {
        if (asking.compareAndSet(false, true)) {
            Schedulers.boundedElastic().schedule(() -> {
                try {
                    hear(missing());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (ExecutionException | TimeoutException | KafkaException e) {
                    LOG.debug("Kafka at {} does not say which topics it has", cluster.bootstrapServers());
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    private void hear(Map<String, String> missing) {
        missingAnswers = missing.isEmpty() ? 0 : missingAnswers + 1;
        if (missingAnswers >= ANSWERS_NEEDED) {
            gone.tryEmitError(DeliveryException.retryable(
                    "Kafka at %s no longer has topic %s"
                            .formatted(cluster.bootstrapServers(), MissingTopics.list(missing)),
                    null));
        }
    }

    private Map<String, String> missing() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> adminProperties = cluster.properties().admin();
        adminProperties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        adminProperties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        Admin admin = Admin.create(adminProperties);
        try {
            Map<String, String> asked = topics.get();
            Map<String, String> missing = new TreeMap<>();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
                    admin.describeTopics(asked.keySet()).topicNameValues().entrySet()) {
                if (isUnknown(answer.getValue())) {
                    missing.put(answer.getKey(), asked.get(answer.getKey()));
                }
            }
            return missing;
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static boolean isUnknown(KafkaFuture<TopicDescription> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return Optional.ofNullable(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return true;
            }
            throw e;
        }
    }
}
