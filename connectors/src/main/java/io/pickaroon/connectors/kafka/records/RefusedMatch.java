package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.client.RefusalReason;

/**
 * A match that cannot go where it is meant to go. Immutable.
 *
 * @param match its index in its window
 * @param topic the topic that it was meant for; as it is configured if the record does not name one
 * @param text why, for people
 */
public record RefusedMatch(int match, String topic, RefusalReason reason, String text) {}
