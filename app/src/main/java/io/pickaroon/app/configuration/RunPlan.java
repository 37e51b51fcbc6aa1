package io.pickaroon.app.configuration;

import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a run does. It was checked that this is possible.
 *
 * @param settings the configuration
 * @param output where matches go; replaces the output of the settings
 * @param files what the inputs have
 * @param otherFiles that were read because the configuration names them
 * @param orders what the command line says about the name
 * @param sha256 of what the configuration says, without secrets
 */
public record RunPlan(
        Settings settings,
        OutputSettings output,
        InputFiles files,
        Set<Path> otherFiles,
        StartOrders orders,
        String sha256) {}
