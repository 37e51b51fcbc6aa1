package io.pickaroon.app.command;

import static io.pickaroon.app.command.CommandModel.names;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Which configuration a command works with. */
public final class ConfigurationOption {
    private final Supplier<Path> file;

    public ConfigurationOption(CommandModel command) {
        file = command.option(names("-c", "--config")
                .type(Path.class)
                .paramLabel("FILE")
                .required(true)
                .description("The configuration, a YAML file."));
    }

    public Path file() {
        return file.get();
    }
}
