package io.pickaroon.connect.settings;

import java.time.Duration;

/**
 * What the topics of a connector take. A task cannot ask the brokers, so the configuration says it, by the names of the
 * topics' own settings. A record that is beyond is not sent there.
 *
 * @param maxRecordBytes bytes of a record with its key, its headers and what Kafka adds, at least 1,024
 * @param oldest how far the timestamp of a record may be behind the clock; {@code Long.MAX_VALUE} milliseconds: any
 * @param newest how far it may be ahead of the clock
 */
public record TopicLimits(int maxRecordBytes, Duration oldest, Duration newest) {}
