package io.pickaroon.config;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings, and where parts of them stand in their file.
 *
 * @param includes by the id of an input, where each of its globs stands, in their order
 * @param otherFiles that were read, too, because their file names them: rules for secrets, and values
 * @param sha256 of what the file says, see {@link io.pickaroon.config.yaml.SettingsHash}
 */
public record LocatedSettings(
        Settings settings, Map<String, List<Place>> includes, Set<Path> otherFiles, String sha256) {
    public LocatedSettings {
        includes = Map.copyOf(includes);
        otherFiles = Set.copyOf(otherFiles);
    }
}
