package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.client.OutageLog;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.processor.delivery.DeliveryException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks before the first record of a session that the brokers answer and have every topic.
 *
 * <p>A producer would notice much later and say much less: about a missing topic, for example, only that metadata did
 * not arrive within {@code max.block.ms}.
 *
 * <p>All sessions of a sink share one, which remembers what it saw. Thread-safe. It creates no topic but the positions
 * topic.
 */
public final class Preflight {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration NEW_TOPIC_GRACE = Duration.ofSeconds(3);

    private final KafkaCluster cluster;
    private final Optional<PositionsTopic> positionsTopic;
    /** True after the first answer: from then on an unknown host name is an outage. */
    private final AtomicBoolean everReached = new AtomicBoolean();
    /** Topics that existed once: one of them that is missing was deleted, and is waited for. */
    private final Set<String> knownTopics = ConcurrentHashMap.newKeySet();

    /** @param positionsTopic present with exactly-once delivery; created if it is missing */
    public Preflight(KafkaCluster cluster, Optional<PositionsTopic> positionsTopic) {
        this.cluster = cluster;
        this.positionsTopic = positionsTopic;
    }

    /**
     * Waits without limit until a broker answers and every topic that existed before exists again.
     *
     * @param topics each topic with the words that say what needs it
     * @throws DeliveryException fatal, if a topic is missing or may not be written to, or the settings are wrong
     * @throws InterruptedException at once when the thread is interrupted
     */
    public Map<String, TopicFacts> await(Map<String, String> topics) throws InterruptedException {
        OutageLog outage = cluster.outageLog(LOG);
        long startNanos = System.nanoTime();
        long firstAnswerNanos = Long.MAX_VALUE;
        long lastSaidNanos = 0;
        boolean saidMissing = false;
        while (true) {
            try {
                Map<String, TopicFacts> facts = ask(topics);
                everReached.set(true);
                knownTopics.addAll(topics.keySet());
                outage.heard();
                if (saidMissing) {
                    LOG.info("Kafka at {} has all topics again", cluster.bootstrapServers());
                }
                return facts;
            } catch (MissingTopics missing) {
                everReached.set(true);
                outage.heard();
                long now = System.nanoTime();
                firstAnswerNanos = firstAnswerNanos == Long.MAX_VALUE ? now : firstAnswerNanos;
                boolean isWaitedFor = knownTopics.containsAll(missing.topics());
                if (!isWaitedFor && now - firstAnswerNanos > NEW_TOPIC_GRACE.toNanos()) {
                    throw DeliveryException.fatal(missing.getMessage(), missing);
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
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (!KafkaFailures.isOutage(cause)) {
                    throw cluster.failures().toDeliveryException(cause);
                }
                boolean timedOut = cause instanceof TimeoutException;
                outage.silent(
                        startNanos,
                        "no broker answers",
                        timedOut ? "" : " (" + cluster.failures().messageOf(cause) + ")");
            }
            Thread.sleep(PAUSE);
        }
    }

    private Map<String, TopicFacts> ask(Map<String, String> topics) throws ExecutionException, InterruptedException {
        Admin admin = connect();
        try {
            Map<String, TopicDescription> descriptions = describe(admin, topics);
            if (positionsTopic.isPresent()) {
                positionsTopic.get().ensure(admin);
            }
            Map<String, Integer> limits = maxMessageBytes(admin, topics.keySet());
            Map<String, TopicFacts> facts = new HashMap<>();
            descriptions.forEach((topic, description) ->
                    facts.put(topic, new TopicFacts(description.partitions().size(), limits.get(topic))));
            return facts;
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private Admin connect() throws ExecutionException {
        Map<String, Object> adminProperties = cluster.properties().admin();
        adminProperties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        adminProperties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        try {
            return Admin.create(adminProperties);
        } catch (KafkaException e) {
            if (everReached.get()) {
                throw new ExecutionException(
                        new KafkaException(cluster.failures().messageOf(e)));
            }
            throw cluster.failures().toConstructionFailure(e);
        }
    }

    private Map<String, TopicDescription> describe(Admin admin, Map<String, String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> descriptions = new HashMap<>();
        Map<String, String> missing = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
                admin.describeTopics(topics.keySet()).topicNameValues().entrySet()) {
            String topic = answer.getKey();
            try {
                descriptions.put(topic, answer.getValue().get());
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case UnknownTopicOrPartitionException _ -> missing.put(topic, topics.get(topic));
                    case TopicAuthorizationException _ ->
                        throw DeliveryException.fatal(
                                "Kafka at %s: %s (%s)"
                                        .formatted(
                                                cluster.bootstrapServers(),
                                                cluster.failures().topicNotPermitted(topic),
                                                topics.get(topic)),
                                e.getCause());
                    case InvalidTopicException _ ->
                        throw DeliveryException.fatal(
                                "Kafka at %s: '%s' is not a valid name of a topic (%s); give it another name"
                                        .formatted(cluster.bootstrapServers(), topic, topics.get(topic)),
                                e.getCause());
                    default -> throw e;
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingTopics(cluster.bootstrapServers(), missing);
        }
        return descriptions;
    }

    private static Map<String, Integer> maxMessageBytes(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, ConfigResource> resources = topics.stream()
                .collect(Collectors.toMap(
                        topic -> topic, topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)));
        Map<ConfigResource, KafkaFuture<Config>> answers =
                admin.describeConfigs(resources.values()).values();
        Map<String, Integer> limits = new HashMap<>();
        for (String topic : topics) {
            int limit = Integer.MAX_VALUE;
            try {
                Config config = answers.get(resources.get(topic)).get();
                limit = Integer.parseInt(
                        config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                LOG.debug("the configuration of topic {} is not ours to read", topic);
            }
            limits.put(topic, limit);
        }
        return limits;
    }
}
