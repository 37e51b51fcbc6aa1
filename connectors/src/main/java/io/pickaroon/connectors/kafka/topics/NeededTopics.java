package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import java.util.Map;
import java.util.TreeMap;

/**
 * The topics that a sink's settings name, each with the words that say what needs it. Immutable.
 *
 * @param written topics for matches and dead letters
 * @param all the same, and with exactly-once delivery the positions topic
 */
public record NeededTopics(Map<String, String> written, Map<String, String> all) {
    public NeededTopics {
        written = Map.copyOf(written);
        all = Map.copyOf(all);
    }

    public static NeededTopics of(KafkaSinkSettings settings) {
        Map<String, String> topics = new TreeMap<>();
        settings.routes()
                .forEach((ruleId, route) ->
                        route.topic().ifPresent(topic -> add(topics, topic, "rule '" + ruleId + "'")));
        if (settings.refusedRecords() instanceof RefusedRecords.ToTopic deadLetters) {
            add(topics, deadLetters.topic(), "dead letters");
        }
        Map<String, String> written = Map.copyOf(topics);
        if (settings.guarantee() instanceof ExactlyOnce transactions) {
            add(topics, transactions.positionsTopic(), "positions");
        }
        return new NeededTopics(written, topics);
    }

    private static void add(Map<String, String> topics, String topic, String neededBy) {
        topics.merge(topic, neededBy, (one, other) -> one + ", " + other);
    }
}
