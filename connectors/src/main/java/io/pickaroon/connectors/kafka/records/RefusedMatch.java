package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.client.RefusalReason;
import io.pickaroon.records.emit.RenderProblem;

/**
 * A match that cannot go where it is meant to go. Immutable.
 *
 * @param match its index in its window
 * @param topic the topic that it was meant for; as it is configured if the record does not name one
 * @param text why, for people
 */
public record RefusedMatch(int match, String topic, RefusalReason reason, String text) {
    /** The reason for which a record is refused that cannot be made as it is configured. */
    public static RefusalReason reason(RenderProblem problem) {
        return switch (problem.kind()) {
            case MISSING_VALUE -> RefusalReason.MISSING_NAME;
            case KEY_TOO_LONG -> RefusalReason.KEY_TOO_LONG;
            case TOPIC_TOO_LONG -> RefusalReason.INVALID_TOPIC;
        };
    }
}
