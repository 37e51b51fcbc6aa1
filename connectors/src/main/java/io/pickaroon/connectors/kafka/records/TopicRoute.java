package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import org.apache.kafka.common.utils.Utils;

/**
 * One topic to which records go during a session. Immutable.
 *
 * @param topic its name
 * @param facts what the brokers said about it
 * @param maxRecordBytes a larger uncompressed record is certainly refused
 */
public record TopicRoute(String topic, TopicFacts facts, int maxRecordBytes) {
    /**
     * The topic's own limit makes a refusal certain only without compression: the brokers compare it with the
     * compressed length.
     */
    public static TopicRoute of(String topic, TopicFacts facts, ClientProperties properties) {
        int producerLimit = properties.maxRecordBytes();
        return new TopicRoute(
                topic,
                facts,
                properties.compresses() ? producerLimit : Math.min(producerLimit, facts.maxMessageBytes()));
    }

    /** All records of one file go to one partition: within it Kafka keeps their order. */
    int partitionOf(long fileHash) {
        return (int) Long.remainderUnsigned(fileHash, facts.partitions());
    }

    /** The partition that Kafka's own producer takes for a key. */
    int partitionOf(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % facts.partitions();
    }

    /** Why a record of more than {@code maxRecordBytes} is refused. */
    public String tooLarge(int sizeBytes) {
        boolean topicLimits = maxRecordBytes == facts.maxMessageBytes();
        return "%d bytes with its headers are more than the %s allows, which is %d"
                .formatted(
                        sizeBytes,
                        topicLimits ? "max.message.bytes of topic " + topic : "producer's max.request.size",
                        maxRecordBytes);
    }

    /** Why the brokers refused a record. */
    public String tooLargeForTopic(int recordBytes) {
        String limit = facts.maxMessageBytes() == Integer.MAX_VALUE ? "unknown" : "" + facts.maxMessageBytes();
        return "%d bytes are more than the brokers take, even compressed; max.message.bytes of topic %s is %s"
                .formatted(recordBytes, topic, limit);
    }
}
