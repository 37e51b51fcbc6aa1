package io.pickaroon.app.pipeline;

import io.pickaroon.app.configuration.AuditTrails;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.app.configuration.Outputs;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.configuration.StartOrders;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a configuration into a plan that can be run: reads it, finds its files, and refuses what the command line cannot
 * mean. Each call looks anew at the file and at the logs. Starts nothing.
 */
public final class RunPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(RunPlanner.class);

    /** Where the matches of a configuration go. */
    public interface Destination {
        OutputSettings of(Settings settings) throws IOException;
    }

    private final Path configuration;
    private final boolean once;
    private final StartOrders orders;
    private final Destination destination;

    /**
     * @param once whether the run ends at the end of the files
     * @param orders what the command line says about the name under which positions are kept
     */
    public RunPlanner(Path configuration, boolean once, StartOrders orders, Destination destination) {
        this.configuration = configuration;
        this.once = once;
        this.orders = orders;
        this.destination = destination;
    }

    public Path configuration() {
        return configuration;
    }

    /** The plan for the configuration as it is now. */
    public RunPlan plan() throws IOException {
        return plan(read(configuration, once));
    }

    /** The plan for settings that were read before. */
    public RunPlan plan(LocatedSettings located) throws IOException {
        Settings settings = located.settings();
        InputFiles files = find(settings);
        OutputSettings output = destination.of(settings);
        requireSense(orders, settings, output);
        return new RunPlan(located, output, files, orders, AuditTrails.of(located));
    }

    /**
     * The settings of the configuration as it is now.
     *
     * @throws UserError if they cannot be run
     */
    public static LocatedSettings read(Path configuration, boolean once) {
        LocatedSettings located = Configuration.readLocated(configuration, CallerTexts::variable);
        if (located.settings().checkpoint().isEmpty() && !once) {
            throw new UserError(configuration
                    + ": add 'checkpoint: { path: .. }': a run that follows files must be able"
                    + " to come back to its place; or use --once");
        }
        return located;
    }

    private static void requireSense(StartOrders orders, Settings settings, OutputSettings output) {
        if (!orders.isGiven()) {
            return;
        }
        String option = orders.startAnew() ? "--start-anew" : "--adopt";
        boolean exactlyOnce = output instanceof OutputSettings.Kafka kafka
                && kafka.delivery() == OutputSettings.Delivery.EXACTLY_ONCE;
        if (!exactlyOnce) {
            throw new UserError(option + ": only output.kafka with delivery: exactly-once keeps positions; remove it");
        }
        if (settings.checkpoint().isEmpty()) {
            throw new UserError(option
                    + ": a run without a checkpoint keeps no positions, and sends everything each time; add"
                    + " 'checkpoint: { path: .. }', or remove it");
        }
    }

    private InputFiles find(Settings settings) throws IOException {
        InputFiles files =
                InputFiles.find(settings.inputs(), NativePath.workingDirectory(), once, Outputs.files(settings));
        for (InputSettings input : settings.inputs()) {
            sayOfArchives(settings, input);
            boolean onlyArchives = input.files().include().stream().allMatch(DecodedFormats::isPatternOfArchives);
            if (files.of(input.id()).isEmpty() && (once || !onlyArchives)) {
                LOG.warn(
                        "input {} has no files{}: {}",
                        input.id(),
                        once ? "" : " yet",
                        files.whyNone(input, NativePath.workingDirectory()));
            }
        }
        return files;
    }

    private void sayOfArchives(Settings settings, InputSettings input) {
        List<String> archives = input.files().include().stream()
                .filter(DecodedFormats::isPatternOfArchives)
                .toList();
        if (archives.isEmpty()) {
            return;
        }
        if (!once) {
            LOG.warn(
                    "input {}: archives are left out by a run that follows files ({}); 'run --once' reads them",
                    input.id(),
                    String.join(", ", archives));
        } else if (settings.rules().stream()
                .anyMatch(rule -> rule.inputs().contains(input.id()) && rule.changesFiles())) {
            LOG.warn(
                    "input {}: archives are never changed, the fixes of its rules are not made in them ({})",
                    input.id(),
                    String.join(", ", archives));
        }
    }
}
