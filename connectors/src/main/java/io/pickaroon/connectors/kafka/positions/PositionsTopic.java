package io.pickaroon.connectors.kafka.positions;

import io.pickaroon.connectors.kafka.claim.TopicContents;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.OpeningClients;
import io.pickaroon.connectors.kafka.client.OutageLog;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic in which instances keep how far they have delivered each file. It uses partition 0 only.
 * {@link PositionCodec} and {@link io.pickaroon.connectors.kafka.claim.ClaimCodec} draw its records. Each call
 * blocks. Nothing is written here.
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

    private static final int CREATION_TIMEOUT_MILLIS = 5_000;
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
     * @param described what the brokers say about it
     * @param configured what they say about its settings, if it exists
     * @throws DeliveryException fatal, if that is not permitted, or if the topic's settings let records expire
     * @throws ExecutionException if the brokers do not answer
     */
    public void ensure(Admin admin, KafkaFuture<TopicDescription> described, KafkaFuture<Config> configured)
            throws ExecutionException, InterruptedException {
        try {
            described.get();
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
        requireCompacted(configured);
    }

    private void create(Admin admin) throws ExecutionException, InterruptedException {
        try {
            NewTopic topic = new NewTopic(topic(), Optional.of(1), Optional.empty()).configs(PROPERTIES);
            admin.createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(CREATION_TIMEOUT_MILLIS))
                    .all()
                    .get();
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
                admin.listOffsets(
                                Map.of(partition(), OffsetSpec.latest()),
                                new ListOffsetsOptions().timeoutMs(CREATION_TIMEOUT_MILLIS))
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

    private void requireCompacted(KafkaFuture<Config> configured) throws ExecutionException, InterruptedException {
        ConfigEntry policy;
        try {
            policy = configured.get().get(TopicConfig.CLEANUP_POLICY_CONFIG);
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
     *     already. Otherwise uncommitted records are read too, if an open transaction hides something
     * @throws DeliveryException retryable, if nothing could be read for 30 s
     * @throws ExecutionException if the brokers do not answer
     */
    public TopicContents read(OpeningClients clients, boolean committed, Interest interest)
            throws ExecutionException, InterruptedException {
        try {
            Extent extent = extent(clients.admin());
            if (committed || !extent.isOpen()) {
                return read(clients.committedReader(), extent, interest);
            }
            try (KafkaConsumer<byte[], byte[]> reader =
                    new KafkaConsumer<>(cluster.properties().reader())) {
                return read(reader, extent, interest);
            }
        } catch (AuthorizationException e) {
            throw notPermitted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException refused) {
                throw notPermitted(refused);
            }
            throw e;
        }
    }

    /** From where to where the topic goes, and up to where every transaction is decided. */
    private record Extent(long startOffset, long endOffset, long stableOffset) {
        boolean isOpen() {
            return stableOffset < endOffset;
        }
    }

    private Extent extent(Admin admin) throws ExecutionException, InterruptedException {
        KafkaFuture<ListOffsetsResultInfo> start =
                offset(admin, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        KafkaFuture<ListOffsetsResultInfo> end = offset(admin, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        KafkaFuture<ListOffsetsResultInfo> stable = offset(admin, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        return new Extent(start.get().offset(), end.get().offset(), stable.get().offset());
    }

    private KafkaFuture<ListOffsetsResultInfo> offset(Admin admin, OffsetSpec spec, IsolationLevel isolation) {
        return admin.listOffsets(Map.of(partition(), spec), new ListOffsetsOptions(isolation))
                .partitionResult(partition());
    }

    private TopicContents read(KafkaConsumer<byte[], byte[]> consumer, Extent extent, Interest interest) {
        TopicPartition partition = partition();
        TopicContentsReader contents = new TopicContentsReader(interest, cluster.bootstrapServers(), partition.topic());
        consumer.assign(List.of(partition));
        consumer.seek(partition, extent.startOffset());
        OutageLog silence = cluster.outageLog(LOG);
        long lastReadNanos = System.nanoTime();
        while (consumer.position(partition) < extent.endOffset()) {
            long before = consumer.position(partition);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                contents.take(record);
            }
            if (consumer.position(partition) > before) {
                lastReadNanos = System.nanoTime();
            } else if (System.nanoTime() - lastReadNanos > LONGEST_WAIT.toNanos()) {
                throw DeliveryException.retryable(
                        ("Kafka at %s: positions in topic '%s' were not readable for %d s, %d of %d were read; an"
                                        + " open transaction would be shown by kafka-transactions.sh --bootstrap-server"
                                        + " %s find-hanging")
                                .formatted(
                                        cluster.bootstrapServers(),
                                        topic(),
                                        LONGEST_WAIT.toSeconds(),
                                        consumer.position(partition),
                                        extent.endOffset(),
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
        return contents.contents();
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
