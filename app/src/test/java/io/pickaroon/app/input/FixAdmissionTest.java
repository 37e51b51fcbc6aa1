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
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
        admission.found(log, log, FileStatus.of(log));
        Path rotated = Files.move(log, directory.resolve("app.log.1"));

        assertThatCode(() -> require(rotated)).doesNotThrowAnyException();
    }

    @Test
    void aFileThatWasNeverFoundWhereAnInputLooksMayNot() throws IOException {
        Path other = Files.writeString(directory.resolve("app.log.1"), "ERROR\n");
        admission.found(other, other, FileStatus.of(other));

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
        admission.found(second, second, FileStatus.of(second));

        assertThatThrownBy(() -> require(second))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("hard links");
    }

    @Test
    void aFileOnANetworkFileSystemMayOnlyIfThatIsAsked() throws IOException, SettingsException {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR\n");

        assertThatThrownBy(() -> admission.require(log, log, FileStatus.of(log), FileSystemType.NFS))
                .hasMessage(log + ": is on NFS, where a fix can undo what another host or program appends meanwhile;"
                        + " it is neither read nor changed. If nothing else writes there, add"
                        + " 'allowNetworkFileSystem: true' to the fix; or mask only what is emitted, with"
                        + " 'when: never'");
        assertThatCode(() -> require(log)).doesNotThrowAnyException();

        admission = new FixAdmission(allowing(), directory, Map.of());
        admission.found(log, log, FileStatus.of(log));
        Path rotated = Files.move(log, directory.resolve("app.log.1"));
        assertThatCode(() -> admission.require(rotated, rotated, FileStatus.of(rotated), FileSystemType.FUSE))
                .doesNotThrowAnyException();
    }

    /** As kubelet and dockerd make it: a link in the directory of an input, to a link, to the file. */
    private Path behindLinks() throws IOException {
        Path target = Files.createDirectories(directory.resolve("docker/c1")).resolve("c1-json.log");
        Path pods = Files.createDirectories(directory.resolve("pods/p1"));
        Files.writeString(target, "ERROR\n");
        Files.createSymbolicLink(pods.resolve("0.log"), Path.of("../../docker/c1/c1-json.log"));
        Files.createSymbolicLink(directory.resolve("p1.log"), pods.resolve("0.log"));
        for (Path made : List.of(
                pods, pods.getParent(), target.getParent(), target.getParent().getParent())) {
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        admission = trusting(Map.of());
        return target;
    }

    /** Judges the directory of the test and what is in it, whatever stands above. */
    private FixAdmission trusting(Map<FileIdentity, Path> known) {
        return new FixAdmission(settings, directory, known, above -> !above.startsWith(directory));
    }

    private void requireBehindLinks(Path target) throws IOException {
        admission.require(directory.resolve("p1.log"), target, FileStatus.of(target), FileSystemType.OTHER);
    }

    @Test
    void aFileBehindLinksThatNobodyElseCanHaveMadeMayBeFixed() throws IOException {
        Path target = behindLinks();

        assertThatCode(() -> requireBehindLinks(target)).doesNotThrowAnyException();
    }

    @Test
    void notIfOthersCanWriteToADirectoryOnTheWay() throws IOException {
        Path target = behindLinks();
        for (Path open : List.of(directory, directory.resolve("pods/p1"), directory.resolve("docker"))) {
            for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx")) {
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));
                assertThatThrownBy(() -> requireBehindLinks(target))
                        .hasMessage(target
                                + ": is no file of an input with fixes, but was reached through a link, and others can"
                                + " write to " + open
                                + ", a directory on the way; it is neither read nor changed. If it"
                                + " is meant, include it by this path");
            }
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThatCode(() -> requireBehindLinks(target)).doesNotThrowAnyException();
    }

    @Test
    void notIfTheWayLeadsElsewhereByNowOrTheNameIsExcluded() throws IOException {
        Path target = behindLinks();
        Path other = Files.writeString(
                Files.createDirectory(directory.resolve("other")).resolve("x.log"), "ERROR\n");

        assertThatThrownBy(() -> requireBehindLinks(other))
                .hasMessageContaining("reached through a link; it is neither");
        assertThatThrownBy(() -> admission.require(
                        directory.resolve("p1.txt"), target, FileStatus.of(target), FileSystemType.OTHER))
                .hasMessageContaining("reached through a link; it is neither");
    }

    @Test
    void aFileBehindLinksThatWasRotatedDuringAStopMayBeFixed() throws IOException {
        Path target = behindLinks();
        Path rotated = Files.move(target, target.resolveSibling("c1-json.log.1"));
        Files.writeString(target, "ERROR\n");
        admission = trusting(Map.of(FileIdentity.of(FileStatus.of(rotated)), directory.resolve("p1.log")));

        assertThatCode(() -> require(rotated)).doesNotThrowAnyException();
        Files.setPosixFilePermissions(directory.resolve("pods"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatCode(() -> require(rotated)).doesNotThrowAnyException();
        admission = trusting(Map.of(FileIdentity.of(FileStatus.of(rotated)), directory.resolve("p1.log")));
        assertThatThrownBy(() -> require(rotated)).hasMessageContaining("others can write to " + directory + "/pods,");
    }

    @Test
    void linksThatLeadInACircleLeadNowhere() throws IOException {
        Path target = behindLinks();
        Files.delete(directory.resolve("pods/p1/0.log"));
        Files.createSymbolicLink(directory.resolve("pods/p1/0.log"), directory.resolve("p1.log"));

        assertThatThrownBy(() -> requireBehindLinks(target)).isInstanceOf(FileSystemLoopException.class);
    }

    private Settings allowing() throws IOException, SettingsException {
        Path yaml = directory.resolve("p.yaml");
        Files.writeString(
                yaml, Files.readString(yaml).replace("replace: FIXED", "replace: FIXED, allowNetworkFileSystem: true"));
        return Configuration.read(yaml, _ -> null);
    }

    private void require(Path file) throws IOException {
        admission.require(file, file, FileStatus.of(file), FileSystemType.OTHER);
    }
}
