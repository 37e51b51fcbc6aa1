package io.pickaroon.connectors.kafka.topics;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The brokers have no topics with these names. */
final class MissingTopics extends RuntimeException {
    private final transient Set<String> topics;

    /** @param neededBy the words that say what needs a topic, by its name */
    MissingTopics(String bootstrapServers, Map<String, String> neededBy) {
        super(neededBy.entrySet().stream()
                .map(entry -> ("Kafka at %s has no topic '%s' (%s); create it with"
                                + " kafka-topics.sh --bootstrap-server %s --create --topic '%s'")
                        .formatted(
                                bootstrapServers, entry.getKey(), entry.getValue(), bootstrapServers, entry.getKey()))
                .collect(Collectors.joining("\n")));
        topics = Set.copyOf(neededBy.keySet());
    }

    Set<String> topics() {
        return topics;
    }

    static String list(Map<String, String> neededBy) {
        return neededBy.entrySet().stream()
                .map(entry -> "'%s' (%s)".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
