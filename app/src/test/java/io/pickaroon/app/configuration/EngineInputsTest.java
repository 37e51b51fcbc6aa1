package io.pickaroon.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.input.InputFiles;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.MaxRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration says of an input reaches the engine. */
class EngineInputsTest {
    @TempDir
    Path directory;

    private List<LogInput> inputs(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), yaml);
        Settings settings = Configuration.read(file, _ -> null);
        return EngineInputs.of(settings, InputFiles.find(settings.inputs(), directory, true, List.of()), false);
    }

    @Test
    void anInputIsReadAsFastAsItsRateAllows() throws IOException {
        assertThat(inputs("""
            inputs:
              - { id: slow, include: [ a.log ], maxRate: 5MiB/s }
              - { id: fast, include: [ b.log ] }
            rules: [ { id: r, match: { literal: a }, emit: { topic: t } } ]
            output: { console: {} }
            """))
                .extracting(LogInput::maxRate)
                .containsExactly(Optional.of(MaxRate.of(5 << 20)), Optional.empty());
    }
}
