package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.client.BrokerWait;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.OutageLog;
import io.pickaroon.connectors.kafka.send.InFlightCounters;
import io.pickaroon.connectors.kafka.topics.TopicWatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Tells the user when windows are in flight and no record of them is acknowledged, unless it is the run that waits, and has {@link TopicWatch} check
 * whether the topics still exist. On one thread. It ends the session when the brokers have been silent for longer than they
 * may; {@code TopicWatch} ends it when a topic is gone.
 */
final class SilenceWatch implements Disposable {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** How long nothing is acknowledged before the topics are checked. */
    private static final Duration SILENCE_BEFORE_TOPICS = Duration.ofSeconds(2);

    private final InFlightCounters inFlight;
    private final TopicWatch topics;
    private final BrokerWait wait;
    private final Duration silenceBeforeNotice;
    private final Sinks.Empty<Void> givenUp = Sinks.empty();
    private final OutageLog outage;
    /** Written by the thread of the checks. */
    private volatile long lastAcknowledged;

    private long lastProgressNanos = System.nanoTime();
    private Disposable checks = Disposables.disposed();

    private SilenceWatch(InFlightCounters inFlight, TopicWatch topics, BrokerWait wait, KafkaCluster cluster) {
        this.inFlight = inFlight;
        this.topics = topics;
        this.wait = wait;
        this.silenceBeforeNotice = cluster.settings().limits().silenceBeforeNotice();
        this.outage = cluster.outageLog(LOG);
    }

    /** Watches until the result is disposed. */
    static SilenceWatch start(
            InFlightCounters inFlight, TopicWatch topics, BrokerWait wait, KafkaCluster cluster, Scheduler scheduler) {
        SilenceWatch watch = new SilenceWatch(inFlight, topics, wait, cluster);
        watch.checks = scheduler.schedulePeriodically(
                watch::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Fails as fatal when the brokers have been silent for longer than they may; never completes otherwise. */
    Mono<Void> givenUp() {
        return givenUp.asMono();
    }

    /** What was acknowledged since the last check is heard of: what was said to be silent has answered. */
    @Override
    public void dispose() {
        checks.dispose();
        if (inFlight.answers().sum() != lastAcknowledged) {
            outage.heard();
        }
    }

    private void check() {
        long now = System.nanoTime();
        long acknowledged = inFlight.answers().sum();
        long windows = inFlight.windows().get();
        if (acknowledged != lastAcknowledged) {
            outage.heard();
            wait.acknowledged();
        } else if (windows == 0) {
            wait.idle();
        }
        if (windows == 0 || acknowledged != lastAcknowledged || wait.isRunWaiting()) {
            lastAcknowledged = acknowledged;
            lastProgressNanos = now;
            return;
        }
        if (now - lastProgressNanos > SILENCE_BEFORE_TOPICS.toNanos()) {
            topics.ask();
        }
        if (now - lastProgressNanos > silenceBeforeNotice.toNanos()) {
            wait.silent();
            outage.silent(lastProgressNanos, "no acknowledgement", " (" + windows + " windows wait)" + wait.note());
            wait.overdue("no broker has acknowledged anything").ifPresent(givenUp::tryEmitError);
        }
    }
}
