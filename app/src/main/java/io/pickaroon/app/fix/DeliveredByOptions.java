package io.pickaroon.app.fix;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.processor.audit.TrailSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;

/** Options of a fix that follows a connector: they take the place of files, patterns and what is put there. */
final class DeliveredByOptions {
    /** What the configuration says there. */
    private static final String[] OF_CONFIGURATION = {
        "-e",
        "-F",
        "-i",
        "--replace",
        "--mask",
        "--group",
        "--keep-first",
        "--keep-last",
        "--protect-head",
        "--allow-hard-links",
        "--allow-network-file-system",
        "--window-bytes",
        "--max-record-bytes",
        "--threads"
    };

    private final CommandModel command;
    private final Supplier<Path> configuration;
    private final Supplier<String> connector;
    private final Supplier<String> storageLabel;

    DeliveredByOptions(CommandModel command) {
        this.command = command;
        configuration = command.option(names("-c", "--config")
                .type(Path.class)
                .paramLabel("FILE")
                .description("With --delivered-by: the configuration with the inputs and the rules, a YAML file."));
        connector = command.option(names("--delivered-by")
                .type(String.class)
                .paramLabel("URL")
                .description(
                        "Fix the files of the inputs as far as this Kafka Connect connector has committed them, such"
                                + " as http://connect:8083/connectors/shop."));
        storageLabel = command.option(names("--storage-label")
                .type(String.class)
                .paramLabel("LABEL")
                .description("With --delivered-by: the storage.label under which the connector has the files, if its"
                        + " offsets have several."));
    }

    /**
     * Whether a connector is to be followed.
     *
     * @throws ParameterException if what was given does not go together
     */
    boolean areGiven(boolean areFilesNamed) {
        if (connector.get() == null) {
            Optional<String> useless = command.lastGiven("-c", "--storage-label");
            if (useless.isPresent()) {
                throw command.mistake(useless.get() + " needs --delivered-by URL");
            }
            return false;
        }
        if (configuration.get() == null) {
            throw command.mistake("--delivered-by needs -c FILE: the inputs and rules are in the configuration");
        }
        Optional<String> other = areFilesNamed ? Optional.of("a name of a file") : command.lastGiven(OF_CONFIGURATION);
        if (other.isPresent()) {
            throw command.mistake(other.get() + " does not go with --delivered-by: the configuration says that");
        }
        return true;
    }

    /** What is to be done. */
    DeliveredFix.Request request(Path stateRoot, Optional<TrailSettings> audit, FixReport.Saying how) {
        return new DeliveredFix.Request(
                configuration.get(),
                ConnectorAddress.of(connector.get()),
                Optional.ofNullable(storageLabel.get()),
                stateRoot,
                audit,
                how);
    }
}
