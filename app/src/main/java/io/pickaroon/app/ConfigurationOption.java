package io.pickaroon.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which configuration a command works with. */
final class ConfigurationOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The configuration, a YAML file.")
    private Path file;

    Path file() {
        return file;
    }
}
