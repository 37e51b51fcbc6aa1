package io.pickaroon.config.check;

import io.pickaroon.config.settings.OutputSettings;
import java.util.Map;
import java.util.Set;

/** Says what the Kafka clients that will get the properties think of them. */
public interface PropertiesCheck {
    /** Takes every property. */
    PropertiesCheck NONE = new PropertiesCheck() {
        @Override
        public boolean isKnown(String name) {
            return true;
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public Map<String, String> problemsWith(
                Map<String, String> properties, Map<String, String> written, OutputSettings.Delivery delivery) {
            return Map.of();
        }
    };

    /** Whether the producer, which sends the records, has a setting of this name. */
    boolean isKnown(String name);

    /** The names that one may have meant. */
    Set<String> names();

    /**
     * What is wrong with values, in a few words that hold no secret, by the name of the property.
     *
     * @param written how values are written that are brought by variables or files, which messages show in their place
     */
    Map<String, String> problemsWith(
            Map<String, String> properties, Map<String, String> written, OutputSettings.Delivery delivery);
}
