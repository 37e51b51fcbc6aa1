package io.pickaroon.connectors.kafka.records;

/**
 * A match that the brokers will never take.
 *
 * @param match its index in its window
 * @param route where it was meant to go
 * @param reason why, for people
 */
public record RefusedMatch(int match, TopicRoute route, String reason) {}
