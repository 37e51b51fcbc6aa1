package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pickaroon.app.run.ContainerMessages.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a consumer of committed records has found of the messages that containers have written. Thread-safe. */
final class ConsumedMessages {
    private final String bootstrapServers;
    private final String topic;
    private final List<WrittenContainer> containers;
    private final ConcurrentMap<String, Integer> times = new ConcurrentHashMap<>();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isReading = true;

    ConsumedMessages(String bootstrapServers, String topic, List<WrittenContainer> containers) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.containers = containers;
    }

    /** Reads until {@link #end}. */
    void consume() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (isReading) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::judge);
            }
        }
    }

    void end() {
        isReading = false;
    }

    /** Each record is one message of the container from which its headers say that it is. */
    private void judge(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        String key = headers.get("namespace") + "/" + headers.get("pod") + "/" + headers.get("container");
        String text = new String(record.value(), UTF_8);
        String begin = "INFO " + key + " number ";
        Message message = text.startsWith(begin) && text.indexOf(':') > 0
                ? containers.stream()
                        .filter(container -> container.key.equals(key))
                        .findFirst()
                        .orElseThrow()
                        .written
                        .get(Integer.valueOf(text.substring(begin.length(), text.indexOf(':'))))
                : null;
        if (message == null
                || !text.equals(message.shown())
                || !headers.get("stream").equals(message.stream())
                || !headers.get("partial").equals("no")) {
            wrong.add(headers + " " + text);
        } else {
            times.merge(key + " " + message.number(), 1, Integer::sum);
        }
    }

    /** How many different messages have come. */
    int count() {
        return times.size();
    }

    boolean has(String key, int number) {
        return times.containsKey(key + " " + number);
    }

    /** Those that have come more than once. */
    List<String> doubled() {
        return times.keySet().stream().filter(message -> times.get(message) > 1).toList();
    }

    /** Records that are not a message as it may be shown. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
