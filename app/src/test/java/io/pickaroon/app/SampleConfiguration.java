package io.pickaroon.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small configuration in a directory of its own, with a checkpoint and logs beside it. */
public record SampleConfiguration(Path directory) {
    public static final String CONSOLE = "output: { console: {} }";

    public Path log() {
        return directory.resolve("app.log");
    }

    public Path checkpoint() {
        return directory.resolve("checkpoint");
    }

    public Path write(String output) throws IOException {
        return write(output, "{ literal: ERROR }", "");
    }

    public Path write(String output, String match, String more) throws IOException {
        return Files.writeString(
                directory.resolve("pickaroon.yaml"), """
                    checkpoint: { path: "%s" }
                    inputs:
                      - id: app
                        include: [ "%s/*.log" ]
                    rules:
                      - id: errors
                        match: %s
                        emit: { topic: app-errors }
                    %s
                    %s
                    """.formatted(checkpoint(), directory, match, more, output));
    }
}
