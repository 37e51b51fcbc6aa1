package io.pickaroon.devbroker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Starts a broker, sends it a transaction, reads it back and stops the broker, so that the JVM learns which classes a broker
 * loads, and keeps them in a start-up cache. The build runs this.
 */
final class Rehearsal {
    private static final String TOPIC = "rehearsal";
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

    private Rehearsal() {}

    /**
     * Takes no arguments; its data is temporary.
     *
     * @throws IllegalStateException if the transaction cannot be read within 30 s
     */
    public static void main(String[] arguments) throws Exception {
        try (DataDirectory data = DataDirectory.open(Optional.empty())) {
            System.setProperty("pickaroon.broker.log", data.logFile().toString());
            LoopbackPorts ports = LoopbackPorts.take(0, data.portsFile(), RandomGenerator.getDefault());
            KafkaNode node = KafkaNode.prepare(data.kafkaDirectory(), ports);
            node.start();
            String bootstrapServers = LoopbackPorts.HOST + ":" + ports.broker();
            KafkaNode.makeTopics(bootstrapServers, List.of(TOPIC));
            send(bootstrapServers);
            read(bootstrapServers);
            node.stop();
        }
    }

    private static void send(String bootstrapServers) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", TOPIC),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, new byte[1]));
            producer.commitTransaction();
        }
    }

    private static void read(String bootstrapServers) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long startNanos = System.nanoTime();
            while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
                if (System.nanoTime() - startNanos > LIMIT_NANOS) {
                    throw new IllegalStateException("the transaction cannot be read");
                }
            }
        }
    }
}
