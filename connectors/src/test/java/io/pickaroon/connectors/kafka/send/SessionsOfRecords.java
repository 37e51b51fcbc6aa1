package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.ClientProperties;
import io.pickaroon.connectors.kafka.records.RecordNotices;
import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.records.SessionRecords;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import io.pickaroon.records.emit.ValueFormat;
import java.time.InstantSource;
import java.util.Map;

/** Records of sessions that have no brokers: those of rule errors go to a topic of that name. */
final class SessionsOfRecords {
    static final Map<String, Route> ROUTES = Map.of("errors", RouteForms.toTopic("errors", "errors", ValueFormat.RAW));

    private SessionsOfRecords() {}

    static SessionRecords of(KafkaSinkSettings settings) {
        ClientProperties properties = new ClientProperties(settings);
        TopicRoutes routes =
                TopicRoutes.of(settings, properties, Map.of("errors", new TopicFacts(1, 1_000_000)), Map.of());
        return new SessionRecords(
                routes, properties, settings.topics().origins(), new RecordNotices(), InstantSource.system());
    }
}
