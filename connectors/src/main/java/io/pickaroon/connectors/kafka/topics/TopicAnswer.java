package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.RefusalReason;

/** Whether records may go to a topic that they name. Immutable. */
public sealed interface TopicAnswer {
    /** It exists. */
    record Found(TopicFacts facts) implements TopicAnswer {}

    /**
     * Its records are refused.
     *
     * @param text why, for people
     */
    record Refused(RefusalReason reason, String text) implements TopicAnswer {}
}
