package io.pickaroon.connectors.kafka.topics;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The brokers have no topics with these names. */
final class MissingTopics extends RuntimeException {
    private final transient Map<String, String> neededBy;
    private final String bootstrapServers;

    /** @param neededBy the words that say what needs a topic, by its name */
    MissingTopics(String bootstrapServers, Map<String, String> neededBy) {
        super(neededBy.entrySet().stream()
                .map(entry -> "Kafka at %s has no topic '%s' (%s); create it with %s"
                        .formatted(
                                bootstrapServers,
                                entry.getKey(),
                                entry.getValue(),
                                command(bootstrapServers, entry.getKey())))
                .collect(Collectors.joining("\n")));
        this.neededBy = new TreeMap<>(neededBy);
        this.bootstrapServers = bootstrapServers;
    }

    /** The words that say what needs each topic, by its name. */
    Map<String, String> neededBy() {
        return neededBy;
    }

    /** The message for a start that they end: it names every way to have them created. */
    String atTheStart() {
        boolean one = neededBy.size() == 1;
        return ("Kafka at %s has no topic %s; to have %s created, add to output.kafka: createTopics: { partitions: 1,"
            + " replicationFactor: 1 }, with the figures that suit your cluster; or create %s with %s; a broker for"
            + " trials that has %s: pickaroon dev-broker --topics %s")
                .formatted(
                        bootstrapServers,
                        list(neededBy),
                        one ? "it" : "them",
                        one ? "it" : "each",
                        command(bootstrapServers, neededBy.keySet().iterator().next()),
                        one ? "it" : "them",
                        String.join(",", neededBy.keySet()));
    }

    private static String command(String bootstrapServers, String topic) {
        return "kafka-topics.sh --bootstrap-server %s --create --topic '%s'".formatted(bootstrapServers, topic);
    }

    static String list(Map<String, String> neededBy) {
        return neededBy.entrySet().stream()
                .map(entry -> "'%s' (%s)".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
