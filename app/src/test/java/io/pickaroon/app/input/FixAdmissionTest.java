package io.pickaroon.app.input;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.FileSystemType;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixAdmissionTest {
    @TempDir
    private Path directory;

    private Settings settings;
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
        settings = Configuration.read(yaml, _ -> null);
        admission = new FixAdmission(settings, directory, Map.of());
    }

    @Test
    void aFileThatIsRotatedBetweenItsDiscoveryAndItsFirstTurnMayBeFixed() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR\n");
        admission.found(log, FileStatus.of(log));
        Path rotated = Files.move(log, directory.resolve("app.log.1"));

        assertThatCode(() -> require(rotated)).doesNotThrowAnyException();
    }

    @Test
    void aFileThatWasNeverFoundWhereAnInputLooksMayNot() throws IOException {
        Path other = Files.writeString(directory.resolve("app.log.1"), "ERROR\n");
        admission.found(other, FileStatus.of(other));

        assertThatThrownBy(() -> require(other))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is no file of an input with fixes");
    }

    @Test
    void aKnownFileMayBeRenamedButALinkThatIsKnownLeadsNoFixOut() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log.1"), "ERROR\n");
        Path outside = Files.writeString(
                Files.createDirectory(directory.resolve("out")).resolve("x.log"), "ERROR\n");
        admission = new FixAdmission(
                settings,
                directory,
                Map.of(
                        FileIdentity.of(FileStatus.of(log)), directory.resolve("app.log"),
                        FileIdentity.of(FileStatus.of(outside)), directory.resolve("x.log")));

        assertThatCode(() -> require(log)).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(outside)).hasMessageContaining("reached through a link");
    }

    @Test
    void norAFileThatHadSeveralNamesWhenItWasFound() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR\n");
        Path second = Files.createLink(directory.resolve("second.log"), log);
        admission.found(second, FileStatus.of(second));

        assertThatThrownBy(() -> require(second))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("hard links");
    }

    @Test
    void aFileOnANetworkFileSystemMayOnlyIfThatIsAsked() throws IOException, SettingsException {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR\n");

        assertThatThrownBy(() -> admission.require(log, FileStatus.of(log), FileSystemType.NFS))
                .hasMessage(log + ": is on NFS, where a fix can undo what another host or program appends meanwhile;"
                        + " it is neither read nor changed. If nothing else writes there, add"
                        + " 'allowNetworkFileSystem: true' to the fix; or mask only what is emitted, with"
                        + " 'when: never'");
        assertThatCode(() -> require(log)).doesNotThrowAnyException();

        admission = new FixAdmission(allowing(), directory, Map.of());
        admission.found(log, FileStatus.of(log));
        Path rotated = Files.move(log, directory.resolve("app.log.1"));
        assertThatCode(() -> admission.require(rotated, FileStatus.of(rotated), FileSystemType.FUSE))
                .doesNotThrowAnyException();
    }

    private Settings allowing() throws IOException, SettingsException {
        Path yaml = directory.resolve("p.yaml");
        Files.writeString(
                yaml, Files.readString(yaml).replace("replace: FIXED", "replace: FIXED, allowNetworkFileSystem: true"));
        return Configuration.read(yaml, _ -> null);
    }

    private void require(Path file) throws IOException {
        admission.require(file, FileStatus.of(file), FileSystemType.OTHER);
    }
}
