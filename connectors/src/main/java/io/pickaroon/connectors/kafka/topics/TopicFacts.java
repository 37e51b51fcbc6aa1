package io.pickaroon.connectors.kafka.topics;

/**
 * What the brokers say about a topic.
 *
 * @param partitions number of its partitions, at least 1
 * @param maxMessageBytes its {@code max.message.bytes}, {@link Integer#MAX_VALUE} if it may not be read
 */
public record TopicFacts(int partitions, int maxMessageBytes) {}
