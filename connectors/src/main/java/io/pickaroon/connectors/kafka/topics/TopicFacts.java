package io.pickaroon.connectors.kafka.topics;

import java.util.Objects;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the brokers say about a topic. Immutable.
 *
 * @param partitions number of its partitions, at least 1
 * @param maxMessageBytes its {@code max.message.bytes}, {@link Integer#MAX_VALUE} if it may not be read
 * @param times what it does with timestamps
 */
public record TopicFacts(int partitions, int maxMessageBytes, TopicTimes times) {
    public TopicFacts {
        Objects.requireNonNull(times, "times");
    }

    /** Of a topic whose configuration may not be read. */
    public TopicFacts(int partitions) {
        this(partitions, Integer.MAX_VALUE, TopicTimes.UNKNOWN);
    }

    /** With the brokers' defaults for timestamps. */
    public TopicFacts(int partitions, int maxMessageBytes) {
        this(partitions, maxMessageBytes, TopicTimes.UNKNOWN);
    }

    static TopicFacts of(TopicDescription description, Config config) {
        ConfigEntry limit = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        return new TopicFacts(
                description.partitions().size(),
                limit == null ? Integer.MAX_VALUE : Integer.parseInt(limit.value()),
                TopicTimes.of(config));
    }
}
