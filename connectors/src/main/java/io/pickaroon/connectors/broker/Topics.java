package io.pickaroon.connectors.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics on a cluster of one broker, for demos and tests. Thread-safe. It changes no topic that exists. */
public final class Topics {
    private static final short REPLICAS = 1;
    private static final Duration PAUSE = Duration.ofMillis(100);

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
     * Creates the topics that do not exist yet, with one replica of each partition.
     *
     * @param topicProperties such as {@code max.message.bytes}
     * @throws IllegalStateException if the brokers refuse, or do not answer in time
     * @throws InterruptedException if the thread is interrupted
     */
    public void createMissing(
            Collection<String> topics, int partitions, Map<String, String> topicProperties, Duration timeout)
            throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        try (Admin admin = Admin.create(clientProperties)) {
            for (String topic : new LinkedHashSet<>(topics)) {
                NewTopic wanted =
                        new NewTopic(topic, Optional.of(partitions), Optional.of(REPLICAS)).configs(topicProperties);
                while (!create(admin, wanted, timeout, deadlineNanos)) {
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    /**
     * Returns false if a later try may succeed: a broker gets no new partitions while the controller considers it
     * offline.
     */
    private static boolean create(Admin admin, NewTopic wanted, Duration timeout, long deadlineNanos)
            throws InterruptedException {
        String topic = wanted.name();
        try {
            admin.createTopics(List.of(wanted))
                    .all()
                    .get(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return true;
            }
            boolean isAway = e.getCause() instanceof InvalidReplicationFactorException;
            if (!isAway || System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(
                        "cannot create topic " + topic + ": " + e.getCause().getMessage(), e.getCause());
            }
            return false;
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "cannot create topic %s: no answer for %d s".formatted(topic, timeout.toSeconds()), e);
        }
    }
}
