package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Where matches and dead letters go during a session. Immutable.
 *
 * @param byRuleId where the matches of each rule go; matches of other rules are not sent
 * @param maxDeadLetterBytes size up to which the dead-letter topic certainly accepts a record; 0 if there is no such
 *     topic
 * @param smallestLimitBytes the smallest {@code max.message.bytes} of all topics that the session begins with
 */
public record TopicRoutes(Map<String, RuleRoute> byRuleId, int maxDeadLetterBytes, int smallestLimitBytes) {
    public TopicRoutes {
        byRuleId = Map.copyOf(byRuleId);
    }

    /**
     * The routes of a session.
     *
     * @param facts about the topics that the settings name
     * @param named about those that records named before
     */
    public static TopicRoutes of(
            KafkaSinkSettings settings,
            ClientProperties properties,
            Map<String, TopicFacts> facts,
            Map<String, TopicFacts> named) {
        Map<String, RuleRoute> byRuleId = new HashMap<>();
        settings.routes()
                .forEach((ruleId, route) -> byRuleId.put(
                        ruleId,
                        RuleRoute.of(
                                route,
                                route.topic().map(topic -> TopicRoute.of(topic, facts.get(topic), properties)))));
        int maxDeadLetterBytes = settings.refusedRecords() instanceof RefusedRecords.ToTopic deadLetters
                ? Math.min(
                        properties.maxRecordBytes(),
                        facts.get(deadLetters.topic()).maxMessageBytes())
                : 0;
        return new TopicRoutes(
                byRuleId,
                maxDeadLetterBytes,
                Math.min(smallestLimitBytes(facts.values()), smallestLimitBytes(named.values())));
    }

    /** The smallest {@code max.message.bytes} of topics. */
    public static int smallestLimitBytes(Collection<TopicFacts> facts) {
        return facts.stream().mapToInt(TopicFacts::maxMessageBytes).min().orElse(Integer.MAX_VALUE);
    }

    /** Whether records of some rule name their own topics. */
    public boolean hasNamedTopics() {
        return byRuleId.values().stream().anyMatch(route -> route.topic().isEmpty());
    }
}
