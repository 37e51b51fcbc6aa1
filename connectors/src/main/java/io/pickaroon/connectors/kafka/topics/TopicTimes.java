package io.pickaroon.connectors.kafka.topics;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic does with timestamps, all in milliseconds. Immutable.
 *
 * @param setByBroker whether the brokers replace each timestamp by the time of arrival
 * @param maxBehindMillis a record that is older than this when it arrives is refused; {@link Long#MAX_VALUE} if none is
 * @param maxAheadMillis a record that is further ahead of the broker's clock than this is refused; {@link Long#MAX_VALUE} if
 *     none is
 * @param retentionMillis a segment whose youngest record is older than this is deleted; {@link Long#MAX_VALUE} if none is
 * @param segmentMillis a segment ends when a record is this much younger than its first
 */
public record TopicTimes(
        boolean setByBroker, long maxBehindMillis, long maxAheadMillis, long retentionMillis, long segmentMillis) {
    private static final long HOUR_MILLIS = 3_600_000;
    /** Before Kafka 3.6, and until 4.0 beside the two that follow it. */
    private static final String MAX_DIFFERENCE = "message.timestamp.difference.max.ms";

    /** The brokers' defaults, as far as they lead to a refusal. */
    public static final TopicTimes UNKNOWN =
            new TopicTimes(false, Long.MAX_VALUE, HOUR_MILLIS, Long.MAX_VALUE, Long.MAX_VALUE);

    static TopicTimes of(Config config) {
        long difference = number(config, MAX_DIFFERENCE).orElse(Long.MAX_VALUE);
        boolean deletes = value(config, TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policies -> policies.contains(TopicConfig.CLEANUP_POLICY_DELETE))
                .isPresent();
        long retention = number(config, TopicConfig.RETENTION_MS_CONFIG).orElse(-1);
        return new TopicTimes(
                value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                        .filter("LogAppendTime"::equals)
                        .isPresent(),
                Math.min(
                        difference,
                        number(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG)
                                .orElse(Long.MAX_VALUE)),
                Math.min(
                        difference,
                        number(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)
                                .orElse(Long.MAX_VALUE)),
                deletes && retention >= 0 ? retention : Long.MAX_VALUE,
                number(config, TopicConfig.SEGMENT_MS_CONFIG).orElse(Long.MAX_VALUE));
    }

    private static Optional<String> value(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    }

    private static OptionalLong number(Config config, String name) {
        return value(config, name).stream().mapToLong(Long::parseLong).findFirst();
    }

    /** The time before which the brokers refuse a record, or delete it at once, if they have this time now. */
    public long oldestKept(long nowMillis) {
        return before(nowMillis, Math.min(maxBehindMillis, retentionMillis));
    }

    /** The time before which the brokers refuse a record. */
    public long oldestAccepted(long nowMillis) {
        return before(nowMillis, maxBehindMillis);
    }

    /** The time after which the brokers refuse a record. */
    public long latestAccepted(long nowMillis) {
        return maxAheadMillis > Long.MAX_VALUE - nowMillis ? Long.MAX_VALUE : nowMillis + maxAheadMillis;
    }

    private static long before(long nowMillis, long millis) {
        return millis == Long.MAX_VALUE ? Long.MIN_VALUE : nowMillis - millis;
    }
}
