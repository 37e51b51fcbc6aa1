package io.pickaroon.connectors.kafka.records;

import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import java.util.HashMap;
import java.util.Map;

/**
 * Where matches and dead letters go during a session. Immutable.
 *
 * @param byRuleId where the matches of each rule go; matches of other rules are not sent
 * @param maxDeadLetterBytes size up to which the dead-letter topic certainly accepts a record; 0 if there is no such
 *     topic
 * @param smallestLimitBytes the smallest {@code max.message.bytes} of all topics
 */
public record TopicRoutes(Map<String, TopicRoute> byRuleId, int maxDeadLetterBytes, int smallestLimitBytes) {
    public TopicRoutes {
        byRuleId = Map.copyOf(byRuleId);
    }

    public static TopicRoutes of(
            KafkaSinkSettings settings, ClientProperties properties, Map<String, TopicFacts> facts) {
        Map<String, TopicRoute> byRuleId = new HashMap<>();
        settings.routes()
                .forEach((ruleId, route) ->
                        byRuleId.put(ruleId, TopicRoute.of(ruleId, route, facts.get(route.topic()), properties)));
        int maxDeadLetterBytes = settings.refusedRecords() instanceof RefusedRecords.ToTopic deadLetters
                ? Math.min(
                        properties.maxRecordBytes(),
                        facts.get(deadLetters.topic()).maxMessageBytes())
                : 0;
        int smallestLimitBytes = facts.values().stream()
                .mapToInt(TopicFacts::maxMessageBytes)
                .min()
                .orElse(Integer.MAX_VALUE);
        return new TopicRoutes(byRuleId, maxDeadLetterBytes, smallestLimitBytes);
    }
}
