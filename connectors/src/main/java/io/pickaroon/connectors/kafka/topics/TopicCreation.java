package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.NewTopics;
import io.pickaroon.processor.delivery.DeliveryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics as {@code output.kafka.createTopics} says. Changes none that exists. Thread-safe. */
final class TopicCreation {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final KafkaCluster cluster;
    private final NewTopics created;

    TopicCreation(KafkaCluster cluster, NewTopics created) {
        this.cluster = cluster;
        this.created = created;
    }

    /**
     * Creates the topics, unless they exist by now.
     *
     * @param neededBy the words that say what needs a topic, by its name
     * @param isLastTry false if brokers that are starting may still come: then too few of them are no failure yet
     * @throws DeliveryException fatal, if the brokers refuse
     * @throws ExecutionException if they do not answer
     */
    void create(Admin admin, Map<String, String> neededBy, boolean isLastTry)
            throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<Void>> answers = ask(admin, neededBy.keySet());
        for (Map.Entry<String, String> topic : neededBy.entrySet()) {
            try {
                answers.get(topic.getKey()).get();
                say(topic.getKey(), topic.getValue());
            } catch (ExecutionException e) {
                requireHarmless(e, topic, isLastTry);
            }
        }
    }

    /**
     * Like the other method, for topics that records ask for: a refusal concerns their records alone.
     *
     * @return why topics were not created, by their names
     * @throws ExecutionException if the brokers do not answer
     */
    Map<String, Throwable> create(Admin admin, Set<String> topics) throws ExecutionException, InterruptedException {
        Map<String, Throwable> refused = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<Void>> answer : ask(admin, topics).entrySet()) {
            try {
                answer.getValue().get();
                say(answer.getKey(), "a record");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RetriableException
                        && !(e.getCause() instanceof InvalidReplicationFactorException)) {
                    throw e;
                }
                if (!(e.getCause() instanceof TopicExistsException)) {
                    refused.put(answer.getKey(), e.getCause());
                }
            }
        }
        return refused;
    }

    private Map<String, KafkaFuture<Void>> ask(Admin admin, Set<String> names) {
        List<NewTopic> topics = names.stream()
                .map(topic -> new NewTopic(
                        topic, Optional.of(created.partitions()), Optional.of(created.replicationFactor())))
                .toList();
        return admin.createTopics(topics, new CreateTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                .values();
    }

    private void say(String topic, String neededBy) {
        LOG.info(
                "Kafka at {}: created topic '{}' ({}): {}, replication factor {}",
                cluster.bootstrapServers(),
                topic,
                neededBy,
                partitions(),
                created.replicationFactor());
    }

    private void requireHarmless(ExecutionException e, Map.Entry<String, String> topic, boolean isLastTry)
            throws ExecutionException {
        switch (e.getCause()) {
            case TopicExistsException _ -> {}
            case InvalidReplicationFactorException cause -> {
                if (isLastTry) {
                    throw refused(
                            topic, cause, "lower output.kafka.createTopics.replicationFactor, or start more brokers");
                }
            }
            case RetriableException _ -> throw e;
            case AuthorizationException cause ->
                throw DeliveryException.fatal(
                        "Kafka at %s: %s (%s)"
                                .formatted(
                                        cluster.bootstrapServers(),
                                        cluster.failures().topicNotCreated(topic.getKey()),
                                        topic.getValue()),
                        cause);
            default ->
                throw refused(
                        topic,
                        e.getCause(),
                        "change output.kafka.createTopics, or have the topic created as the brokers allow it");
        }
    }

    private DeliveryException refused(Map.Entry<String, String> topic, Throwable cause, String remedy) {
        return DeliveryException.fatal(
                "Kafka at %s does not create topic '%s' (%s) with %s and replication factor %d: %s; %s"
                        .formatted(
                                cluster.bootstrapServers(),
                                topic.getKey(),
                                topic.getValue(),
                                partitions(),
                                created.replicationFactor(),
                                cluster.failures().messageOf(cause),
                                remedy),
                cause);
    }

    private String partitions() {
        return created.partitions() == 1 ? "1 partition" : created.partitions() + " partitions";
    }
}
