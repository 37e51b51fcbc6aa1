package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.processor.delivery.DeliveryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers about every topic of a sink, and creates those that are to be created. Thread-safe. Waits for no
 * broker, and for no topic that it has not created.
 */
final class TopicCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** How long brokers may take to know a topic that was created, or to be as many as it has replicas. */
    private static final Duration NEW_TOPIC_LIMIT = Duration.ofSeconds(5);

    private final KafkaCluster cluster;
    private final Optional<PositionsTopic> positionsTopic;
    private final Optional<TopicCreation> creation;

    TopicCheck(KafkaCluster cluster, Optional<PositionsTopic> positionsTopic) {
        this.cluster = cluster;
        this.positionsTopic = positionsTopic;
        this.creation = cluster.settings().topics().created().map(created -> new TopicCreation(cluster, created));
    }

    /**
     * What the brokers say about each topic.
     *
     * @param topics each with the words that say what needs it
     * @param awaited topics that are never created: they existed, and whoever deleted them has to create them again
     * @param timeoutMillis how long brokers have to answer, at least 1
     * @throws MissingTopics if one does not exist, and is not to be created
     * @throws ExecutionException if the brokers do not answer
     */
    Map<String, TopicFacts> facts(Admin admin, Map<String, String> topics, Set<String> awaited, int timeoutMillis)
            throws ExecutionException, InterruptedException {
        long startNanos = System.nanoTime();
        while (true) {
            try {
                return facts(admin, topics, timeoutMillis);
            } catch (MissingTopics missing) {
                Map<String, String> created = new TreeMap<>(missing.neededBy());
                created.keySet().removeAll(awaited);
                if (creation.isEmpty() || created.isEmpty()) {
                    throw missing;
                }
                boolean isLastTry = System.nanoTime() - startNanos > NEW_TOPIC_LIMIT.toNanos();
                creation.get().create(admin, created, isLastTry);
                if (isLastTry) {
                    throw missing;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Everything is asked at once. */
    private Map<String, TopicFacts> facts(Admin admin, Map<String, String> topics, int timeoutMillis)
            throws ExecutionException, InterruptedException {
        Set<String> all = new HashSet<>(topics.keySet());
        positionsTopic.map(PositionsTopic::partition).map(TopicPartition::topic).ifPresent(all::add);
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        all, new DescribeTopicsOptions().timeoutMs(timeoutMillis))
                .topicNameValues();
        Map<ConfigResource, KafkaFuture<Config>> configured = admin.describeConfigs(
                        all.stream().map(TopicCheck::resource).toList(),
                        new DescribeConfigsOptions().timeoutMs(timeoutMillis))
                .values();
        Map<String, TopicDescription> descriptions = descriptions(described, topics);
        if (positionsTopic.isPresent()) {
            String positions = positionsTopic.get().partition().topic();
            positionsTopic.get().ensure(admin, described.get(positions), configured.get(resource(positions)));
        }
        Map<String, TopicFacts> facts = new HashMap<>();
        for (Map.Entry<String, TopicDescription> topic : descriptions.entrySet()) {
            facts.put(topic.getKey(), facts(topic.getValue(), configured.get(resource(topic.getKey()))));
        }
        return facts;
    }

    static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private Map<String, TopicDescription> descriptions(
            Map<String, KafkaFuture<TopicDescription>> described, Map<String, String> topics)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> descriptions = new HashMap<>();
        Map<String, String> missing = new TreeMap<>();
        for (String topic : topics.keySet()) {
            try {
                descriptions.put(topic, described.get(topic).get());
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

    /** What the answers say about a topic; its configuration may not be ours to read. */
    static TopicFacts facts(TopicDescription description, KafkaFuture<Config> configured)
            throws ExecutionException, InterruptedException {
        try {
            return TopicFacts.of(description, configured.get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.debug("the configuration of topic {} is not ours to read", description.name());
            return new TopicFacts(description.partitions().size());
        }
    }
}
