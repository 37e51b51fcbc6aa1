package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.broker.DevBrokerProcess;
import io.pickaroon.connectors.broker.TopicReader;
import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.connectors.broker.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real broker for tests, and what they ask of it. */
final class TestBroker implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final DevBrokerProcess process;

    private TestBroker(DevBrokerProcess process) {
        this.process = process;
    }

    /** One that can be killed and comes back. */
    static TestBroker in(Path directory) throws IOException {
        return new TestBroker(DevBrokerProcess.start(java(), lib(), 0, directory));
    }

    static TestBroker temporary() throws IOException {
        return new TestBroker(DevBrokerProcess.startTemporary(java(), lib(), 0));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Path lib() {
        return Path.of(System.getProperty("pickaroon.broker.lib"));
    }

    DevBrokerProcess process() {
        return process;
    }

    String bootstrapServers() {
        return process.bootstrapServers();
    }

    void createTopic(String name, int partitions, Map<String, String> properties) throws InterruptedException {
        new Topics(bootstrapServers(), Map.of()).createMissing(List.of(name), partitions, properties, SILENCE);
    }

    /** What a consumer sees that reads committed records only. */
    List<TopicRecord> read(String topic) {
        List<TopicRecord> records = new ArrayList<>();
        new TopicReader(bootstrapServers(), Map.of()).readAll(List.of(topic), SILENCE, records::add);
        return records;
    }

    List<String> values(String topic) {
        return read(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Sends a signal such as {@code STOP} to the broker. */
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Override
    public void close() {
        process.close();
    }
}
