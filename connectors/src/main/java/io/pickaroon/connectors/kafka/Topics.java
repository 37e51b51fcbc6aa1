package io.pickaroon.connectors.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes topics on a cluster of one broker, for demos and tests. */
public final class Topics {
    private static final short REPLICAS = 1;

    private final Map<String, Object> clientProperties = new HashMap<>();

    /**
     * @param bootstrapServers {@code host:port}, several separated by commas
     * @param properties settings of Kafka's admin client
     */
    public Topics(String bootstrapServers, Map<String, String> properties) {
        clientProperties.putAll(properties);
        clientProperties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        clientProperties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
    }

    /**
     * Makes the topics that are not there yet, with one replica of each partition.
     *
     * @param topicProperties such as {@code max.message.bytes}
     * @throws IllegalStateException if the brokers refuse, or do not answer in time
     * @throws InterruptedException if the thread is interrupted
     */
    public void createMissing(
            Collection<String> topics, int partitions, Map<String, String> topicProperties, Duration timeout)
            throws InterruptedException {
        try (Admin admin = Admin.create(clientProperties)) {
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(topics.stream()
                            .distinct()
                            .map(topic -> new NewTopic(topic, Optional.of(partitions), Optional.of(REPLICAS))
                                    .configs(topicProperties))
                            .toList())
                    .values();
            for (Map.Entry<String, KafkaFuture<Void>> answer : answers.entrySet()) {
                await(answer.getKey(), answer.getValue(), timeout);
            }
        }
    }

    private static void await(String topic, KafkaFuture<Void> created, Duration timeout) throws InterruptedException {
        try {
            created.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(
                        "cannot create topic " + topic + ": " + e.getCause().getMessage(), e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "cannot create topic %s: no answer for %d s".formatted(topic, timeout.toSeconds()), e);
        }
    }
}
