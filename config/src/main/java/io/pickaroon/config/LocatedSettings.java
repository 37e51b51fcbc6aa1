package io.pickaroon.config;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.Settings;
import java.util.List;
import java.util.Map;

/**
 * Settings, and where parts of them stand in their file.
 *
 * @param includes by the id of an input, where each of its globs stands, in their order
 * @param sha256 of what the file says, see {@link io.pickaroon.config.yaml.SettingsHash}
 */
public record LocatedSettings(Settings settings, Map<String, List<Place>> includes, String sha256) {
    public LocatedSettings {
        includes = Map.copyOf(includes);
    }
}
