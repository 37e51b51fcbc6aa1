package io.pickaroon.connectors.kafka.records;

/**
 * A match that the brokers refuse for good. Immutable.
 *
 * @param match its index in its window
 * @param route the topic that it was meant for
 * @param reason why, for people
 */
public record RefusedMatch(int match, TopicRoute route, String reason) {}
