package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The threads of sessions and of Kafka's clients. */
public final class KafkaThreads {
    /** Held by tests that look for such threads, or at how long something takes, against those that run beside others. */
    public static final String LOCK = "threads of Kafka's clients";

    private KafkaThreads() {}

    /** What a session started ends soon after it. */
    static void awaitNone() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(names()).isEmpty());
    }

    private static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("kafka") || name.contains("pickaroon"))
                .toList();
    }
}
