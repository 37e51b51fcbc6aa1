package io.pickaroon.app.configuration;

import io.pickaroon.config.settings.OutputSettings.Delivery;
import io.pickaroon.config.settings.PropertiesCheck;
import io.pickaroon.connectors.kafka.client.ClientSettings;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Orders;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the properties of a configuration with the Kafka clients of this version. */
final class KafkaSettingsCheck implements PropertiesCheck {
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
        return ClientSettings.problemsWith(
                properties,
                written,
                switch (delivery) {
                    case EXACTLY_ONCE -> new Guarantee.ExactlyOnce(Orders.named(Optional.empty()));
                    case AT_LEAST_ONCE -> new Guarantee.AtLeastOnce();
                });
    }
}
