package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.client.OutageLog;
import io.pickaroon.connectors.kafka.send.InFlightCounters;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.topics.TopicWatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Says so when windows wait and nothing of any of them is acknowledged, after asking whether the topics are still there. On
 * one thread.
 */
final class SilenceWatch {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** How long nothing is acknowledged until it is asked whether the topics are there. */
    private static final Duration SILENCE_BEFORE_TOPICS = Duration.ofSeconds(2);

    private final InFlightCounters waiting;
    private final TopicWatch topics;
    private final Duration silenceBeforeNotice;
    private final OutageLog outage;
    private long lastAcknowledged;
    private long lastProgressNanos = System.nanoTime();

    private SilenceWatch(InFlightCounters waiting, TopicWatch topics, KafkaSinkSettings settings, Logger log) {
        this.waiting = waiting;
        this.topics = topics;
        this.silenceBeforeNotice = settings.silenceBeforeNotice();
        this.outage = new OutageLog(log, settings.bootstrapServers(), settings.noticeInterval(), System::nanoTime);
    }

    /** Begins to watch, until it is disposed of. */
    static Disposable start(
            InFlightCounters waiting, TopicWatch topics, KafkaSinkSettings settings, Logger log, Scheduler scheduler) {
        SilenceWatch watch = new SilenceWatch(waiting, topics, settings, log);
        return scheduler.schedulePeriodically(
                watch::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        long now = System.nanoTime();
        long acknowledged = waiting.answers().sum();
        long windows = waiting.windows().get();
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
