package io.pickaroon.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A configuration under a name of its own, what it delivers to a broker, and topics that differ from that. */
public final class DeliveredLogs {
    public static final String ERRORS = "{ id: errors, match: { literal: ERROR }, emit: { topic: %s } }";

    final Path directory;
    private final TestBroker broker;
    private final String name;

    /**
     * Logs in a directory.
     *
     * @param name of the instance, and in those of topics
     */
    public DeliveredLogs(Path directory, TestBroker broker, String name) {
        this.directory = directory;
        this.broker = broker;
        this.name = name;
    }

    /** The topic that rules send to unless another one is named. */
    public String topic() {
        return "t-" + name;
    }

    /**
     * Writes a configuration.
     *
     * @param rules each with {@code %s} for the topic
     */
    public Path configuration(String topic, String more, String... rules) throws IOException {
        return Files.writeString(directory.resolve("c.yaml"), """
            instance: %1$s
            checkpoint: { path: "%2$s/state/checkpoint" }
            inputs: [ { id: app, include: [ "%2$s/*.log*" ] } ]
            rules:
              - %3$s
            %4$s
            """.formatted(
                        name,
                        directory,
                        String.join("\n  - ", rules).formatted((Object[]) topics(topic, rules.length)),
                        broker.output("deadLetter: { topic: dead-%s }\n    %s".formatted(name, more))));
    }

    private static String[] topics(String topic, int count) {
        String[] topics = new String[count];
        Arrays.fill(topics, topic);
        return topics;
    }

    public static void run(Path configuration, Object... more) {
        Object[] arguments = new Object[4 + more.length];
        System.arraycopy(new Object[] {"run", "-c", configuration, "--once"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    public static CommandRun verify(Path configuration) {
        return CommandRun.of("verify", "-c", configuration);
    }

    public List<ConsumerRecord<byte[], byte[]>> delivered() {
        return broker.read(List.of(topic()));
    }

    /** Sends records to a topic, as they are. */
    void send(String topic, List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        broker.createTopic(topic, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            records.forEach(record -> producer.send(
                    new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers())));
        }
    }
}
