package io.pickaroon.app.input;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixAdmissionTest {
    @TempDir
    private Path directory;

    private FixAdmission admission;

    @BeforeEach
    void configure() throws IOException, SettingsException {
        directory = directory.toRealPath();
        Path yaml = Files.writeString(directory.resolve("p.yaml"), """
            checkpoint: { path: %1$s/state/checkpoint }
            inputs: [ { id: in, include: [ "%1$s/*.log" ] } ]
            rules: [ { id: errors, match: { literal: ERROR }, fix: { replace: FIXED } } ]
            output: { console: }
            """.formatted(directory));
        Settings settings = Configuration.read(yaml, _ -> null, false);
        admission = new FixAdmission(settings, directory, List.of());
    }

    @Test
    void aFileThatIsRotatedBetweenItsDiscoveryAndItsFirstTurnMayBeFixed() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR\n");
        admission.found(log, FileStatus.of(log));
        Path rotated = Files.move(log, directory.resolve("app.log.1"));

        assertThatCode(() -> admission.require(rotated, FileStatus.of(rotated))).doesNotThrowAnyException();
    }

    @Test
    void aFileThatWasNeverFoundWhereAnInputLooksMayNot() throws IOException {
        Path other = Files.writeString(directory.resolve("app.log.1"), "ERROR\n");
        admission.found(other, FileStatus.of(other));

        assertThatThrownBy(() -> admission.require(other, FileStatus.of(other)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is no file of an input with fixes");
    }

    @Test
    void norAFileThatHadSeveralNamesWhenItWasFound() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR\n");
        Path second = Files.createLink(directory.resolve("second.log"), log);
        admission.found(second, FileStatus.of(second));

        assertThatThrownBy(() -> admission.require(second, FileStatus.of(second)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("hard links");
    }
}
