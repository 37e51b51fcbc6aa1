package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.client.BrokerWait;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.send.InFlightCounters;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.GivenProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.topics.TopicWatch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Windows are in flight, and nothing is acknowledged. */
class SilenceWatchTest {
    /** Gives up at the first check that finds brokers silent. */
    private static final Limits IMPATIENT = new Limits(
            1, 1, Duration.ofSeconds(1), Duration.ofNanos(1), Duration.ofDays(1), Optional.of(Duration.ofSeconds(1)));

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void theBrokersAreNotSilentWhileItIsTheRunThatTakesNoAcknowledgements() {
        KafkaCluster cluster = KafkaCluster.of(new KafkaSinkSettings(
                "localhost:1",
                Map.of(),
                new GivenProperties(Map.of(), Map.of()),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop(),
                IMPATIENT));
        InFlightCounters inFlight = new InFlightCounters();
        inFlight.windows().set(1);
        BrokerWait wait = new BrokerWait("localhost:1", IMPATIENT.longestWait(), () -> nanos.addAndGet(2_000_000_000L));
        AtomicBoolean runWaits = new AtomicBoolean(true);
        wait.notWhile(runWaits::get);
        VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
        SilenceWatch watch = SilenceWatch.start(inFlight, new TopicWatch(cluster, Map::of), wait, cluster, scheduler);
        AtomicReference<Throwable> givenUp = new AtomicReference<>();
        watch.givenUp().subscribe(_ -> {}, givenUp::set);

        scheduler.advanceTimeBy(Duration.ofSeconds(100));
        assertThat(givenUp).hasNullValue();
        assertThat(wait.isWaiting()).isFalse();

        runWaits.set(false);
        scheduler.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(givenUp.get()).hasMessageContaining("no broker has acknowledged anything");
        watch.dispose();
    }
}
