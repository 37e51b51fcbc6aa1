package io.pickaroon.app.configuration;

import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.audit.TrailSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a run does. It was checked that this is possible.
 *
 * @param located the configuration
 * @param output where matches go; replaces the output of the settings
 * @param files what the inputs have
 * @param orders what the command line says about the name
 * @param audit the trail into which changes go; empty if into none
 */
public record RunPlan(
        LocatedSettings located,
        OutputSettings output,
        InputFiles files,
        StartOrders orders,
        Optional<TrailSettings> audit) {
    public Settings settings() {
        return located.settings();
    }

    /** Files that were read because the configuration names them. */
    public Set<Path> otherFiles() {
        return located.otherFiles();
    }

    /** Hash of what the configuration says, without secrets. */
    public String sha256() {
        return located.sha256();
    }
}
