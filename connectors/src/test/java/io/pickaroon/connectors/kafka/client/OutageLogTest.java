package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageLogTest {
    private static final String LOGGER = "outage";

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final OutageLog outage =
            new OutageLog(LoggerFactory.getLogger(LOGGER), "kafka:9092", Duration.ofSeconds(30), nanoTime::get);

    @Test
    void speaksOnceThenAtIntervalsAndOnceWhenItIsOver() {
        long began = nanoTime.get();
        try (CapturedLog said = new CapturedLog(LOGGER)) {
            outage.heard();
            for (int second = 1; second <= 65; second++) {
                nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
                outage.silent(began, "no broker answers", " (it is Sunday)");
            }
            outage.heard();
            outage.heard();
            assertThat(said.messages(Level.WARN))
                    .containsExactly(
                            "Kafka at kafka:9092: no broker answers for 1 s (it is Sunday); retrying, nothing is lost;"
                                    + " check that it runs there",
                            "Kafka at kafka:9092: no broker answers for 31 s (it is Sunday); retrying, nothing is"
                                    + " lost; check that it runs there",
                            "Kafka at kafka:9092: no broker answers for 61 s (it is Sunday); retrying, nothing is"
                                    + " lost; check that it runs there");
            assertThat(said.messages(Level.INFO)).containsExactly("Kafka at kafka:9092 answers again after 65 s");
        }
    }

    @Test
    void countsASecondOutageFromItsOwnBeginning() {
        try (CapturedLog said = new CapturedLog(LOGGER)) {
            outage.silent(nanoTime.get(), "nothing", "");
            outage.heard();
            nanoTime.addAndGet(Duration.ofSeconds(100).toNanos());
            long again = nanoTime.get();
            nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
            outage.silent(again, "nothing", "");
            assertThat(said.messages(Level.WARN)).last().asString().contains("for 2 s");
        }
    }
}
