package io.pickaroon.app.configuration;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.settings.OutputSettings.Delivery;
import io.pickaroon.connectors.kafka.client.ClientSettings;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Orders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the properties of a configuration with the Kafka clients of this version, and the plug-ins that are there. */
final class KafkaSettingsCheck implements PropertiesCheck {
    private final PlugIns plugIns;

    KafkaSettingsCheck(PlugIns plugIns) {
        this.plugIns = plugIns;
    }

    @Override
    public boolean isKnown(String name) {
        return names().contains(name);
    }

    @Override
    public Set<String> names() {
        return ClientSettings.producerNames();
    }

    @Override
    public Map<String, String> problemsWith(
            Map<String, String> properties, Map<String, String> written, Delivery delivery) {
        Map<String, String> problems = new LinkedHashMap<>(ClientSettings.problemsWith(
                properties,
                written,
                switch (delivery) {
                    case EXACTLY_ONCE -> new Guarantee.ExactlyOnce(Orders.named(Optional.empty()));
                    case AT_LEAST_ONCE -> new Guarantee.AtLeastOnce();
                }));
        problems.replaceAll((name, problem) ->
                ClientSettings.lacksAClass(name, properties.get(name)) ? problem + "; " + plugIns.advice() : problem);
        return problems;
    }
}
