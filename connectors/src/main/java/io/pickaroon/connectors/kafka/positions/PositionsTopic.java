package io.pickaroon.connectors.kafka.positions;

import io.pickaroon.connectors.kafka.claim.TopicContents;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.OutageLog;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic in which instances keep how far they have delivered each file. It uses partition 0 only.
 * {@link PositionCodec} and {@link io.pickaroon.connectors.kafka.claim.ClaimCodec} draw its records. Each call has
 * clients of its own and blocks. Nothing is written here.
 */
public final class PositionsTopic {
    /** Which positions are read. Claims always are. */
    public interface Interest {
        Interest EVERYTHING = (_, _) -> true;

        boolean in(String name, FileIdentity file);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PositionsTopic.class);
    private static final int PARTITION = 0;

    private static final Duration POLL = Duration.ofMillis(200);
    /** Longer, and the session starts again with another consumer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT_FOR_NEW = Duration.ofSeconds(10);
    /** Compaction skips the segment that is still written to, so segments are small. */
    private static final Map<String, String> PROPERTIES = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(16 * 1024 * 1024));

    private final String name;
    private final KafkaCluster cluster;

    public PositionsTopic(String name, KafkaCluster cluster) {
        this.name = name;
        this.cluster = cluster;
    }

    /**
     * Creates the topic if it does not exist, with the cluster's default number of replicas.
     *
     * @throws DeliveryException fatal, if that is not permitted, or if the topic's settings let records expire
     * @throws ExecutionException if the brokers do not answer
     */
    public void ensure(Admin admin) throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(topic())).allTopicNames().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                create(admin);
                awaitKnown(admin);
                return;
            }
            if (e.getCause() instanceof AuthorizationException refused) {
                throw notPermitted(refused);
            }
            throw e;
        }
        requireCompacted(admin);
    }

    private void create(Admin admin) throws ExecutionException, InterruptedException {
        try {
            NewTopic topic = new NewTopic(topic(), Optional.of(1), Optional.empty()).configs(PROPERTIES);
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("Kafka at {}: created topic '{}' for positions", cluster.bootstrapServers(), topic());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return;
            }
            if (e.getCause() instanceof RetriableException) {
                throw e;
            }
            throw DeliveryException.fatal(
                    ("Kafka at %s: topic '%s' for the positions of exactly-once delivery does not exist and could not"
                                    + " be created: %s; create it with kafka-topics.sh --bootstrap-server %s --create"
                                    + " --topic '%s' --partitions 1 --config cleanup.policy=compact")
                            .formatted(
                                    cluster.bootstrapServers(),
                                    topic(),
                                    cluster.failures().messageOf(e.getCause()),
                                    cluster.bootstrapServers(),
                                    topic()),
                    e.getCause());
        }
    }

    /** The brokers know a new topic only a moment after it was created. Other errors show when it is read. */
    private void awaitKnown(Admin admin) throws InterruptedException {
        long startNanos = System.nanoTime();
        while (true) {
            try {
                admin.listOffsets(Map.of(partition(), OffsetSpec.latest()))
                        .all()
                        .get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)
                        || System.nanoTime() - startNanos > LONGEST_WAIT_FOR_NEW.toNanos()) {
                    return;
                }
            }
            Thread.sleep(POLL);
        }
    }

    private void requireCompacted(Admin admin) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic());
        ConfigEntry policy;
        try {
            policy = admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.debug("the configuration of topic {} is not ours to read", topic());
                return;
            }
            throw e;
        }
        if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy.value())) {
            throw DeliveryException.fatal(
                    ("Kafka at %s: topic '%s' has cleanup.policy=%s, so its positions would expire; set it"
                                    + " with kafka-configs.sh --bootstrap-server %s --alter --topic '%s'"
                                    + " --add-config cleanup.policy=compact")
                            .formatted(
                                    cluster.bootstrapServers(),
                                    topic(),
                                    policy.value(),
                                    cluster.bootstrapServers(),
                                    topic()),
                    null);
        }
    }

    /**
     * Reads all claims, and the positions of interest.
     *
     * <p>It reads to the end of the topic, not to the last stable offset: an open transaction of any instance hides
     * everything behind it, committed positions too. This waits for such a transaction; the brokers end it after its
     * timeout at the latest.
     *
     * @param committed whether only committed records are read. Then earlier sessions of the names have to be fenced
     *     already
     * @throws DeliveryException retryable, if nothing could be read for 30 s
     * @throws ExecutionException if the brokers do not answer
     */
    public TopicContents read(boolean committed, Interest interest) throws ExecutionException, InterruptedException {
        TopicPartition partition = partition();
        TopicContentsReader contents = new TopicContentsReader(interest, cluster.bootstrapServers(), partition.topic());
        Map<String, Object> consumerProperties = committed
                ? cluster.properties().committedReader()
                : cluster.properties().reader();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties)) {
            long endOffset = committed
                    ? endOffset(partition)
                    : consumer.endOffsets(List.of(partition)).get(partition);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            OutageLog silence = cluster.outageLog(LOG);
            long lastReadNanos = System.nanoTime();
            while (consumer.position(partition) < endOffset) {
                long before = consumer.position(partition);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    contents.take(record);
                }
                if (consumer.position(partition) > before) {
                    lastReadNanos = System.nanoTime();
                } else if (System.nanoTime() - lastReadNanos > LONGEST_WAIT.toNanos()) {
                    throw DeliveryException.retryable(
                            ("Kafka at %s: positions in topic '%s' were not readable for %d s, %d of %d were read; an"
                                + " open transaction would be shown by kafka-transactions.sh --bootstrap-server %s"
                                + " find-hanging")
                                    .formatted(
                                            cluster.bootstrapServers(),
                                            topic(),
                                            LONGEST_WAIT.toSeconds(),
                                            consumer.position(partition),
                                            endOffset,
                                            cluster.bootstrapServers()),
                            null);
                } else if (System.nanoTime() - lastReadNanos
                        > cluster.settings().limits().silenceBeforeNotice().toNanos()) {
                    silence.silent(
                            lastReadNanos,
                            "positions in topic " + topic() + " are not readable",
                            ", they lie behind an open transaction, or no broker answers");
                }
            }
            silence.heard();
        } catch (AuthorizationException e) {
            throw notPermitted(e);
        }
        return contents.contents();
    }

    private long endOffset(TopicPartition partition) throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(cluster.properties().admin());
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    public TopicPartition partition() {
        return new TopicPartition(topic(), PARTITION);
    }

    private String topic() {
        return name;
    }

    private DeliveryException notPermitted(AuthorizationException cause) {
        return DeliveryException.fatal(
                "Kafka at %s: %s"
                        .formatted(
                                cluster.bootstrapServers(), cluster.failures().positionsNotPermitted(topic())),
                cause);
    }
}
