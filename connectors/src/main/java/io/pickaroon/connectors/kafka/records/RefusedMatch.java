package io.pickaroon.connectors.kafka.records;

/**
 * A match that the brokers will never take.
 *
 * @param match its index in its window
 * @param lane where it was meant to go
 * @param reason why, for people
 */
public record RefusedMatch(int match, TopicRoute lane, String reason) {}
