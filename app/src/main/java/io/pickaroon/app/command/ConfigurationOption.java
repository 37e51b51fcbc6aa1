package io.pickaroon.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which configuration a command works with. */
public final class ConfigurationOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The configuration, a YAML file.")
    private Path file;

    public Path file() {
        return file;
    }
}
