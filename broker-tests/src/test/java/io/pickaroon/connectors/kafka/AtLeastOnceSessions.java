package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.records.RouteForms;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.records.emit.ValueFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Sessions that deliver at least once. */
abstract class AtLeastOnceSessions extends SinkSessions {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    Map<String, Route> raw() {
        return Map.of("errors", RouteForms.toTopic("errors", name, ValueFormat.RAW));
    }

    static KafkaSinkSettings settings(Map<String, Route> routes, Map<String, String> properties) {
        return settings(routes, properties, new RefusedRecords.Stop());
    }

    static KafkaSinkSettings settings(
            Map<String, Route> routes, Map<String, String> properties, RefusedRecords refused) {
        return new KafkaSinkSettings(
                broker.bootstrapServers(), routes, properties, Map.of(), new Guarantee.AtLeastOnce(), refused);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
