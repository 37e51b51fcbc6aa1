package io.pickaroon.config.properties;

import io.pickaroon.config.settings.ReadMode;
import io.pickaroon.config.settings.Settings;
import java.util.Map;
import java.util.Objects;

/**
 * What the properties of a connector say of inputs and rules. Immutable.
 *
 * @param settings those that the daemon would have of them. There is no checkpoint and no instance; the output is a Kafka
 *     cluster without servers, because the worker has them, and stops at a refused record if there is no topic for dead letters
 * @param modes how the files of each input are read, by the input's id
 */
public record ConnectorSettings(Settings settings, Map<String, ReadMode> modes) {
    public ConnectorSettings {
        Objects.requireNonNull(settings, "settings");
        modes = Map.copyOf(modes);
    }

    /** How the files of an input are read. */
    public ReadMode mode(String inputId) {
        return Objects.requireNonNull(modes.get(inputId), inputId);
    }
}
