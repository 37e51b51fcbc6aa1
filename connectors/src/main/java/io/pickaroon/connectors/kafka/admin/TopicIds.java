package io.pickaroon.connectors.kafka.admin;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.OpeningClients;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.inputs.shown.MatchHeaders;
import io.pickaroon.processor.delivery.DeliveryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;

/**
 * Reads which matches are in topics, by the headers that have their ids, as a consumer that sees committed records only, for
 * {@code pickaroon verify}. Each call has clients of its own and blocks. It joins no group and writes nothing.
 */
public final class TopicIds {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    /** Transactions that are open by then are over after it, or hide what lies behind them. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    /**
     * A partition as far as it was read.
     *
     * @param startOffset of the first record that is still there
     * @param endOffset exclusive end of what was read
     * @param isOpen whether a transaction that is still open hides what was written behind it
     */
    public record Extent(int partition, long startOffset, long endOffset, boolean isOpen) {}

    /**
     * A topic.
     *
     * @param isCompacted whether it may lose records for later ones with the same key
     * @param partitions none if it does not exist
     */
    public record Topic(String name, boolean isCompacted, List<Extent> partitions) {
        public Topic {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * A record as far as it matters here.
     *
     * @param offset in its partition
     * @param id in ASCII; empty if none of the headers is there
     * @param isReplayed whether {@code pickaroon replay} has sent it
     * @param lengthBytes of its value
     */
    public record Sent(long offset, Optional<byte[]> id, boolean isReplayed, int lengthBytes) {}

    /** Takes ids. */
    public interface Reader {
        /** Asked again and again: false if nothing more is wanted. */
        boolean goesOn();

        /** A record of a topic; those of one partition in their order. */
        void take(String topic, int partition, Sent record);
    }

    private final KafkaCluster cluster;

    /** @throws DeliveryException fatal, if Kafka does not accept one of the properties */
    public TopicIds(KafkaSinkSettings settings) {
        this.cluster = KafkaCluster.of(settings);
    }

    /**
     * Reads topics from their first offsets to the ends that they have at the time of the call.
     *
     * @param idHeaders names of the headers that may have an id
     * @return all topics that were asked for
     * @throws DeliveryException if a topic may not be read, or no broker answers
     */
    public List<Topic> read(Collection<String> topics, Set<String> idHeaders, Reader reader)
            throws InterruptedException {
        try (OpeningClients clients = OpeningClients.of(cluster.properties(), REQUEST_TIMEOUT_MILLIS)) {
            Admin admin = clients.admin();
            Map<TopicPartition, Long> written = partitions(admin, topics);
            Map<TopicPartition, Long> ends = committedEnds(admin, written);
            read(ends, offsets(admin, ends.keySet(), OffsetSpec.earliest()), idHeaders, reader);
            // What expires while it is read is not there for certain.
            return topics(admin, topics, written, ends);
        } catch (ExecutionException | KafkaException e) {
            throw cluster.failures().toDeliveryException(e);
        }
    }

    /** The partitions of the topics that exist, with what is written to them, committed or not. */
    private static Map<TopicPartition, Long> partitions(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (var described : admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                TopicDescription topic = described.getValue().get();
                topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return offsets(admin, partitions, OffsetSpec.latest());
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        return offsets(admin, partitions, spec, IsolationLevel.READ_UNCOMMITTED);
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Set<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec)),
                        new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    /** Where committed records end: not before what is written now, unless a transaction stays open. */
    private static Map<TopicPartition, Long> committedEnds(Admin admin, Map<TopicPartition, Long> written)
            throws ExecutionException, InterruptedException {
        long startNanos = System.nanoTime();
        while (true) {
            Map<TopicPartition, Long> ends =
                    offsets(admin, written.keySet(), OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
            ends.replaceAll((partition, end) -> Math.min(end, written.get(partition)));
            if (ends.equals(written) || System.nanoTime() - startNanos > LONGEST_TRANSACTION.toNanos()) {
                return ends;
            }
            Thread.sleep(POLL);
        }
    }

    private void read(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> starts, Set<String> idHeaders, Reader reader) {
        Map<String, Object> properties = cluster.properties().committedReader();
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
            Set<TopicPartition> unread = new HashSet<>(ends.keySet());
            consumer.assign(unread);
            starts.forEach(consumer::seek);
            long heardNanos = System.nanoTime();
            while (reader.goesOn()) {
                int before = unread.size();
                unread.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
                if (unread.isEmpty()) {
                    return;
                }
                consumer.pause(without(ends.keySet(), unread));
                boolean isHeard = unread.size() < before;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    isHeard = true;
                    if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                        reader.take(
                                record.topic(),
                                record.partition(),
                                new Sent(
                                        record.offset(),
                                        id(record, idHeaders),
                                        record.headers().lastHeader(MatchHeaders.REPLAYED) != null,
                                        Math.max(0, record.serializedValueSize())));
                    }
                }
                heardNanos = isHeard ? System.nanoTime() : heardNanos;
                requireHeard(heardNanos, unread);
            }
        }
    }

    private static Set<TopicPartition> without(Set<TopicPartition> all, Set<TopicPartition> unread) {
        Set<TopicPartition> others = new HashSet<>(all);
        others.removeAll(unread);
        return others;
    }

    private void requireHeard(long heardNanos, Set<TopicPartition> unread) {
        if (System.nanoTime() - heardNanos > LONGEST_SILENCE.toNanos()) {
            throw DeliveryException.retryable(
                    "Kafka at %s: nothing was readable for %d s, and not all was read of %s; check that the brokers of its partitions run"
                            .formatted(cluster.bootstrapServers(), LONGEST_SILENCE.toSeconds(), unread),
                    null);
        }
    }

    private static Optional<byte[]> id(ConsumerRecord<byte[], byte[]> record, Set<String> idHeaders) {
        for (String name : idHeaders) {
            Header header = record.headers().lastHeader(name);
            if (header != null && header.value() != null) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    private static List<Topic> topics(
            Admin admin, Collection<String> names, Map<TopicPartition, Long> written, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> starts = offsets(admin, ends.keySet(), OffsetSpec.earliest());
        List<Topic> topics = new ArrayList<>();
        for (String name : names) {
            List<Extent> extents = ends.keySet().stream()
                    .filter(partition -> partition.topic().equals(name))
                    .map(partition -> new Extent(
                            partition.partition(),
                            starts.get(partition),
                            ends.get(partition),
                            ends.get(partition) < written.get(partition)))
                    .toList();
            topics.add(new Topic(name, !extents.isEmpty() && isCompacted(admin, name), extents));
        }
        return topics;
    }

    /** False if it may not be asked. */
    private static boolean isCompacted(Admin admin, String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return admin.describeConfigs(List.of(resource))
                    .values()
                    .get(resource)
                    .get()
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value()
                    .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }
}
