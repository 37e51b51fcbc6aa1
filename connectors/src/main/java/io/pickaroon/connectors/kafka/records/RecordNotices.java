package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.topics.TopicTimes;
import io.pickaroon.inputs.shown.FirstRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the user once what becomes of topics and times that records name. All sessions of a sink share one. Thread-safe. */
public final class RecordNotices {
    private static final Logger LOG = LoggerFactory.getLogger(RecordNotices.class);
    /** More topics than anybody reads about. */
    private static final int MAX_SAID = 1_000;

    private enum Notice {
        TIMES,
        OLD,
        REFUSED,
        CHANGED
    }

    private record Said(Notice notice, String about) {}

    private final Set<Said> said = new HashSet<>();
    private final FirstRecords readTimes = new FirstRecords(LOG);
    private final FirstRecords refused = new FirstRecords(LOG);

    private synchronized boolean isFirst(Notice notice, String about) {
        return said.size() < MAX_SAID && said.add(new Said(notice, about));
    }

    /** A session begins that sends records of this rule. */
    void begin(RuleRoute rule) {
        rule.topic().ifPresent(topic -> begin(rule, topic));
    }

    /** Says what a topic does with the times of records. */
    void begin(RuleRoute rule, TopicRoute topic) {
        if (rule.form().emit().timestamp().isEmpty() || !isFirst(Notice.TIMES, topic.topic())) {
            return;
        }
        TopicTimes times = topic.facts().times();
        if (times.setByBroker()) {
            LOG.warn(
                    "topic {} has message.timestamp.type=LogAppendTime: Kafka replaces the timestamps that rule '{}'"
                            + " gives to its records; set it to CreateTime there to keep them",
                    topic.topic(),
                    rule.form().ruleId());
        } else {
            LOG.info(
                    "topic {} takes timestamps up to {} ahead (message.timestamp.after.max.ms) and {} old"
                        + " (message.timestamp.before.max.ms), and keeps records for {} (retention.ms) in segments of"
                        + " {} (segment.ms)",
                    topic.topic(),
                    text(times.maxAheadMillis()),
                    text(times.maxBehindMillis()),
                    text(times.retentionMillis()),
                    text(times.segmentMillis()));
        }
    }

    /** A record is older than its topic takes or keeps. */
    void old(TopicRoute topic, String origin, long timestampMillis, long nowMillis) {
        if (!isFirst(Notice.OLD, topic.topic())) {
            return;
        }
        TopicTimes times = topic.facts().times();
        long ageMillis = nowMillis - timestampMillis;
        if (ageMillis > times.maxBehindMillis()) {
            LOG.warn(
                    "the record in {} is of {}, {} ago, and topic {} refuses records older than {}"
                            + " (message.timestamp.before.max.ms): it is sent with the time at which it was read. Later"
                            + " ones are counted and not logged; raise that limit to keep their timestamps",
                    origin,
                    Instant.ofEpochMilli(timestampMillis),
                    text(ageMillis),
                    topic.topic(),
                    text(times.maxBehindMillis()));
        } else {
            LOG.warn(
                    "the record in {} is of {}, {} ago, and topic {} keeps records for {} (retention.ms, in segments"
                            + " of {}, segment.ms): Kafka deletes it and others as old soon after they arrive; raise"
                            + " retention.ms, or send them without 'timestamp'",
                    origin,
                    Instant.ofEpochMilli(timestampMillis),
                    text(ageMillis),
                    topic.topic(),
                    text(times.retentionMillis()),
                    text(times.segmentMillis()));
        }
    }

    /** A record is sent with the time at which it was read, for a reason that has no notice of its own. */
    void readTime(RuleRoute rule, ReadTimeReason reason, TopicRoute topic, Supplier<String> place) {
        if (reason != ReadTimeReason.BEHIND && reason != ReadTimeReason.REFUSED) {
            readTimes.count(
                    rule.form().ruleId(),
                    reason.word(),
                    () -> lack(reason, topic) + "; it is sent with the time at which it was read",
                    place);
        }
    }

    private static String lack(ReadTimeReason reason, TopicRoute topic) {
        return switch (reason) {
            case MISSING -> "it has no timestamp";
            case UNREADABLE -> "its timestamp cannot be read";
            case AHEAD, BEHIND, REFUSED ->
                "its timestamp is further ahead than topic %s takes, which is %s (message.timestamp.after.max.ms)"
                        .formatted(topic.topic(), text(topic.facts().times().maxAheadMillis()));
        };
    }

    /** A record becomes a dead letter. */
    void deadLetter(RuleRoute rule, RefusedMatch match, Supplier<String> place) {
        refused.count(
                rule.form().ruleId(),
                match.reason().word(),
                () -> "it is refused: " + match.text() + "; it is written as a dead letter",
                place);
    }

    /** The brokers refused the time of a record. */
    public void timeRefused(String topic, String origin, String why) {
        if (isFirst(Notice.REFUSED, topic)) {
            LOG.warn(
                    "Kafka refused the timestamp of the record in {} for topic {}: {}; it and those that were sent with"
                            + " it get the time at which they were read. Later ones are counted and not logged",
                    origin,
                    topic,
                    why);
        }
    }

    /** A record names a topic with characters that Kafka does not allow. */
    void changed(RuleRoute rule, String topic) {
        if (isFirst(Notice.CHANGED, rule.form().ruleId())) {
            LOG.warn(
                    "rule '{}' names topics with characters that Kafka does not allow; each becomes '_', such as in {}",
                    rule.form().ruleId(),
                    topic);
        }
    }

    private static String text(long millis) {
        if (millis == Long.MAX_VALUE) {
            return "without limit";
        }
        Duration duration = Duration.ofMillis(millis);
        if (duration.toDays() > 0) {
            return count(duration.toDays(), "day");
        }
        if (duration.toHours() > 0) {
            return count(duration.toHours(), "hour");
        }
        return duration.toMinutes() > 0 ? count(duration.toMinutes(), "minute") : millis + " ms";
    }

    private static String count(long number, String unit) {
        return number == 1 ? "1 " + unit : number + " " + unit + "s";
    }
}
