package io.pickaroon.config.properties;

import io.pickaroon.config.settings.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A daemon's settings as the properties of a connector. Immutable.
 *
 * <p>{@link ConnectorReader} makes the same inputs and rules of the properties, but for what the notes tell. Defaults are left
 * out. The name of the connector, its class, the number of its tasks and its converters are not here, nor is what only a
 * connector has.
 *
 * @param properties in an order to read them in
 * @param notes what does not carry over, one line for each, which begins with the property or setting
 */
public record ConnectorProperties(Map<String, String> properties, List<String> notes) {
    public ConnectorProperties {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        notes = List.copyOf(notes);
    }

    /** The properties of these settings. */
    public static ConnectorProperties of(Settings settings) {
        PropertyWriter writer = new PropertyWriter();
        DaemonSettings.write(settings, writer);
        InputProperties.write(settings, writer);
        RuleProperties.write(settings, writer);
        return writer.result();
    }
}
