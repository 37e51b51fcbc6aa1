package io.pickaroon.connectors.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole topics as a consumer that sees committed records only. It joins no group and commits nothing. For one
 * thread at a time.
 */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration COMPLETION = Duration.ofSeconds(5);

    /**
     * What was read.
     *
     * @param partition number of the partition in its topic
     * @param offset place in the partition
     * @param key bytes of the key, empty if there is none
     * @param headers values as UTF-8 text, in the order of the record; of several with one name the last
     * @param value bytes of the value, empty if there is none
     */
    public record TopicRecord(
            String topic, int partition, long offset, byte[] key, Map<String, String> headers, byte[] value) {}

    private final Map<String, Object> clientProperties = new HashMap<>();

    /**
     * @param bootstrapServers {@code host:port}, several separated by commas
     * @param properties settings of Kafka's consumer
     */
    public TopicReader(String bootstrapServers, Map<String, String> properties) {
        clientProperties.putAll(properties);
        clientProperties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        clientProperties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        clientProperties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        clientProperties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        clientProperties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        clientProperties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        clientProperties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    }

    /**
     * Reads from the beginning of each topic to the end that it had at the time of the call; in order within a
     * partition.
     *
     * @param silence how long the brokers may send nothing
     * @return how many records were read
     * @throws IllegalStateException if a topic is missing, or the brokers were silent for longer
     */
    public long readAll(Collection<String> topics, Duration silence, Consumer<TopicRecord> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(clientProperties)) {
            List<TopicPartition> partitions = topics.stream()
                    .distinct()
                    .flatMap(topic -> partitions(consumer, topic, silence).stream())
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer, committedEnds(consumer, partitions, silence), silence, reader);
        }
    }

    /**
     * Where committed records end. The brokers may still be writing a commit to the partitions after they have
     * confirmed it to the producer; until then committed records end before it. So this waits up to 5 s for
     * transactions that are being completed. It does not wait for open ones.
     */
    private Map<TopicPartition, Long> committedEnds(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Duration timeout) {
        Map<String, Object> uncommitted = new HashMap<>(clientProperties);
        uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        Map<TopicPartition, Long> written;
        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(uncommitted)) {
            written = other.endOffsets(partitions, timeout);
        }
        long startNanos = System.nanoTime();
        while (true) {
            Map<TopicPartition, Long> committed = consumer.endOffsets(partitions, timeout);
            boolean complete = partitions.stream().allMatch(p -> committed.get(p) >= written.get(p));
            if (complete || System.nanoTime() - startNanos > COMPLETION.toNanos()) {
                return committed;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic, Duration timeout) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic, timeout);
        if (partitions == null || partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic '" + topic + "'");
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static long read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Duration silence,
            Consumer<TopicRecord> reader) {
        long count = 0;
        long heardNanos = System.nanoTime();
        Set<TopicPartition> unfinished = new HashSet<>(ends.keySet());
        while (true) {
            int before = unfinished.size();
            unfinished.removeIf(partition -> consumer.position(partition, silence) >= ends.get(partition));
            if (unfinished.isEmpty()) {
                return count;
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    reader.accept(toTopicRecord(record));
                    count++;
                }
            }
            if (!records.isEmpty() || unfinished.size() < before) {
                heardNanos = System.nanoTime();
            } else if (System.nanoTime() - heardNanos > silence.toNanos()) {
                throw new IllegalStateException("the brokers sent nothing for %d s; not read to their end: %s"
                        .formatted(silence.toSeconds(), unfinished));
            }
        }
    }

    private static TopicRecord toTopicRecord(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new TopicRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                orEmpty(record.key()),
                headers,
                orEmpty(record.value()));
    }

    private static byte[] orEmpty(byte[] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }
}
