package io.pickaroon.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.SampleConfiguration;
import io.pickaroon.config.settings.CheckpointSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration and the engine do not know each other, and have the same defaults all the same. */
class DefaultsTest {
    @Test
    void theConfigurationAndTheEngineHaveTheSameDefaults(@TempDir Path directory) throws IOException {
        Path file = new SampleConfiguration(directory).write(SampleConfiguration.CONSOLE);
        Settings settings = Configuration.read(file, _ -> null);
        CheckpointSettings checkpoint = settings.checkpoint().orElseThrow();
        InputSettings input = settings.inputs().getFirst();
        assertThat(checkpoint.interval()).isEqualTo(RunSettings.CHECKPOINT_INTERVAL);
        assertThat(checkpoint.forgetAfter()).isEqualTo(FollowSettings.STANDARD.forgetAfter());
        assertThat(settings.process().lookInterval()).isEqualTo(FollowSettings.STANDARD.lookInterval());
        assertThat(settings.process().maxOpenFiles())
                .isEqualTo(RunSettings.follow().maxOpenFiles());
        assertThat(input.windowBytes()).isEqualTo(LogSearch.WINDOW_BYTES);
        assertThat(input.records().maxRecordBytes()).isEqualTo(LogSearch.MAX_RECORD_BYTES);
    }
}
