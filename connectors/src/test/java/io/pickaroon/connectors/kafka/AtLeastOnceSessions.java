package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.KafkaSinkSettings.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that deliver at least once to a real broker; the topic of a test is its own. */
@Timeout(120)
abstract class AtLeastOnceSessions {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static TestBroker broker;

    @TempDir
    Path directory;

    String topic;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.temporary();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    Map<String, Route> raw() {
        return Map.of("errors", new Route(topic, Format.RAW));
    }

    static KafkaSinkSettings settings(Map<String, Route> routes, Map<String, String> properties) {
        return settings(routes, properties, new RefusedRecords.Stop());
    }

    static KafkaSinkSettings settings(
            Map<String, Route> routes, Map<String, String> properties, RefusedRecords refused) {
        return new KafkaSinkSettings(
                broker.bootstrapServers(), routes, properties, new Guarantee.AtLeastOnce(), refused);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
