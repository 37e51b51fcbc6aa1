package io.pickaroon.app.run;

import io.pickaroon.config.OutputSettings.Delivery;
import io.pickaroon.config.PropertiesCheck;
import io.pickaroon.connectors.kafka.ClientSettings;
import io.pickaroon.connectors.kafka.Guarantee;
import java.util.Map;
import java.util.Set;

/** Has the Kafka clients of this version judge the properties of a configuration. */
final class KafkaSettingsCheck implements PropertiesCheck {
    /** What a client is told of it makes no difference here. */
    private static final String ANY_INSTANCE = "any";

    @Override
    public boolean isKnown(String name) {
        return names().contains(name);
    }

    @Override
    public Set<String> names() {
        return ClientSettings.producerNames();
    }

    @Override
    public Map<String, String> problemsWith(Map<String, String> properties, Delivery delivery) {
        return ClientSettings.problemsWith(
                properties,
                switch (delivery) {
                    case EXACTLY_ONCE -> new Guarantee.ExactlyOnce(ANY_INSTANCE);
                    case AT_LEAST_ONCE -> new Guarantee.AtLeastOnce();
                });
    }
}
