package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.OutageLog;
import io.pickaroon.connectors.kafka.send.InFlightCounters;
import io.pickaroon.connectors.kafka.topics.TopicWatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Tells the user when windows are in flight and no record of them is acknowledged, and has {@link TopicWatch} check
 * whether the topics still exist. On one thread. It ends no session; {@code TopicWatch} does.
 */
final class SilenceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** How long nothing is acknowledged before the topics are checked. */
    private static final Duration SILENCE_BEFORE_TOPICS = Duration.ofSeconds(2);

    private final InFlightCounters inFlight;
    private final TopicWatch topics;
    private final Duration silenceBeforeNotice;
    private final OutageLog outage;
    private long lastAcknowledged;
    private long lastProgressNanos = System.nanoTime();

    private SilenceWatch(InFlightCounters inFlight, TopicWatch topics, KafkaCluster cluster) {
        this.inFlight = inFlight;
        this.topics = topics;
        this.silenceBeforeNotice = cluster.settings().limits().silenceBeforeNotice();
        this.outage = cluster.outageLog(LOG);
    }

    /** Watches until the result is disposed. */
    static Disposable start(InFlightCounters inFlight, TopicWatch topics, KafkaCluster cluster, Scheduler scheduler) {
        SilenceWatch watch = new SilenceWatch(inFlight, topics, cluster);
        return scheduler.schedulePeriodically(
                watch::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        long now = System.nanoTime();
        long acknowledged = inFlight.answers().sum();
        long windows = inFlight.windows().get();
        if (acknowledged != lastAcknowledged) {
            outage.heard();
        }
        if (windows == 0 || acknowledged != lastAcknowledged) {
            lastAcknowledged = acknowledged;
            lastProgressNanos = now;
            return;
        }
        if (now - lastProgressNanos > SILENCE_BEFORE_TOPICS.toNanos()) {
            topics.ask();
        }
        if (now - lastProgressNanos > silenceBeforeNotice.toNanos()) {
            outage.silent(lastProgressNanos, "no acknowledgement", " (" + windows + " windows wait)");
        }
    }
}
