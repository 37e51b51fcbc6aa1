package io.pickaroon.app.configuration;

import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.audit.TrailSettings;
import java.util.Optional;

/**
 * What a run does. It was checked that this is possible.
 *
 * @param settings the configuration
 * @param output where matches go; replaces the output of the settings
 * @param files what the inputs have
 * @param orders what the command line says about the name
 * @param sha256 of what the configuration says, without secrets
 * @param audit the trail into which changes go; empty if into none
 */
public record RunPlan(
        Settings settings,
        OutputSettings output,
        InputFiles files,
        StartOrders orders,
        String sha256,
        Optional<TrailSettings> audit) {}
