package io.pickaroon.app;

import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.broker.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A real broker for tests, and all that a run has left in it. */
public final class TestBroker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DevBrokerProcess process;

    private TestBroker(DevBrokerProcess process) {
        this.process = process;
    }

    public static TestBroker start() throws IOException {
        return new TestBroker(DevBrokerProcess.startTemporary(
                CommandRun.installation().javaExecutable(),
                CommandRun.installation().brokerLibDirectory(),
                0));
    }

    public String bootstrapServers() {
        return process.bootstrapServers();
    }

    /** The section {@code output} of a configuration; topics are created, and refused records go to {@code dead}. */
    public String output(String more) {
        return """
            output:
              kafka:
                bootstrapServers: "%s"
                createTopics: { partitions: 1, replicationFactor: 1 }
                onRefusedRecord: dead-letter
                %s
            """.formatted(process.bootstrapServers(), more);
    }

    public void createTopic(String name, Map<String, String> properties) throws InterruptedException {
        new Topics(process.bootstrapServers(), Map.of()).createMissing(List.of(name), 1, properties, PATIENCE);
    }

    /** The names of all topics that are not Kafka's own. */
    public Collection<String> topics() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", process.bootstrapServers()))) {
            return new TreeSet<>(admin.listTopics().names().get());
        }
    }

    /** What a consumer sees of these topics that reads committed records only. */
    public List<ConsumerRecord<byte[], byte[]>> read(Collection<String> topics) {
        return read(topics, "read_committed");
    }

    /** Every record of every topic, committed or not. */
    public List<ConsumerRecord<byte[], byte[]>> readEverything() throws InterruptedException, ExecutionException {
        return read(topics(), "read_uncommitted");
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Collection<String> topics, String isolation) {
        return read(process.bootstrapServers(), topics, isolation);
    }

    /** What is in these topics of any broker. */
    public static List<ConsumerRecord<byte[], byte[]>> read(
            String bootstrapServers, Collection<String> topics, String isolation) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        process.close();
    }
}
