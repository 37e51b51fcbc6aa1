package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Format;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Headers;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import io.pickaroon.processor.delivery.MatchIds;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Where the matches of one rule go during a session, with the parts that all their records share. Immutable.
 *
 * @param configured topic and form, as the user set them
 * @param facts what the brokers said about the topic when the session began
 * @param maxRecordBytes a larger uncompressed record is certainly refused
 */
public record TopicRoute(Route configured, TopicFacts facts, Header ruleHeader, byte[] ruleIdPart, int maxRecordBytes) {
    /** Keys, an offset of 20 digits, an id of 43 characters, and lengths. */
    private static final int MAX_OTHER_HEADER_BYTES = 160;

    /**
     * The topic's own limit makes a refusal certain only without compression: the brokers compare it with the
     * compressed length.
     */
    public static TopicRoute of(String ruleId, Route route, TopicFacts facts, ClientProperties properties) {
        int producerLimit = properties.maxRecordBytes();
        return new TopicRoute(
                route,
                facts,
                new RecordHeader(MatchHeaders.RULE, ruleId.getBytes(StandardCharsets.UTF_8)),
                MatchIds.rulePart(ruleId),
                properties.compresses() ? producerLimit : Math.min(producerLimit, facts.maxMessageBytes()));
    }

    public String topic() {
        return configured.topic();
    }

    Format format() {
        return configured.format();
    }

    Headers headers() {
        return configured.headers();
    }

    /** What all headers but that of the path take in a record, at most. */
    int maxOtherHeaderBytes() {
        return MAX_OTHER_HEADER_BYTES + ruleHeader.value().length;
    }

    /** All records of one file go to one partition: within it Kafka keeps their order. */
    int partitionOf(long fileHash) {
        return (int) Long.remainderUnsigned(fileHash, facts.partitions());
    }

    /** Why a record of more than {@code maxRecordBytes} is refused. */
    public String tooLarge(int sizeBytes) {
        boolean topicLimits = maxRecordBytes == facts.maxMessageBytes();
        return "%d bytes with its headers are more than the %s allows, which is %d"
                .formatted(
                        sizeBytes,
                        topicLimits ? "max.message.bytes of topic " + topic() : "producer's max.request.size",
                        maxRecordBytes);
    }

    /** Why the brokers refused a record. */
    public String tooLargeForTopic(int recordBytes) {
        String limit = facts.maxMessageBytes() == Integer.MAX_VALUE ? "unknown" : "" + facts.maxMessageBytes();
        return "%d bytes are more than the brokers take, even compressed; max.message.bytes of topic %s is %s"
                .formatted(recordBytes, topic(), limit);
    }
}
