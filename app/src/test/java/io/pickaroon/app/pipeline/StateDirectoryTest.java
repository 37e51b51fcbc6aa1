package io.pickaroon.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void itIsMadeForItsOwnerAloneAndSoAreTheFilesInIt() throws IOException {
        Path state = directory.resolve("lib/state");

        StateDirectory.prepare(state.resolve("checkpoint"));
        try (Recovery _ = Recovery.of(state.resolve("checkpoint"));
                Stream<Path> files = Files.list(state)) {
            assertThat(mode(state)).isEqualTo("rwx------");
            assertThat(files)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void oneThatEverybodyCanWriteToIsRefused() throws IOException {
        Path state = withMode("rwxrwxrwx");

        assertThatThrownBy(() -> StateDirectory.prepare(state.resolve("checkpoint")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(state + ": the directory of the checkpoint can be written to by everybody")
                .hasMessageContaining("0700");
    }

    @Test
    void oneOfAGroupIsOnlyFrownedUpon() throws IOException {
        Path state = withMode("rwxrwxr-x");

        StateDirectory.prepare(state.resolve("checkpoint"));

        assertThat(mode(state)).isEqualTo("rwxrwxr-x");
    }

    private Path withMode(String mode) throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"));
        return Files.setPosixFilePermissions(state, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "checkpoint.journal", "checkpoint.lock", "checkpoint.new"})
    void whatAnotherUserHasPutThereIsRefused(String name) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        Path checkpoint = directory.resolve("checkpoint");
        int owner = FileStatus.of(file).uid();

        StateDirectory.requireOwners(checkpoint, Set.of(owner));

        assertThatThrownBy(() -> StateDirectory.requireOwners(checkpoint, Set.of(owner + 1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file + ": belongs to another user")
                .hasMessageContaining("mode 0700");
    }

    @Test
    void aLinkIsItsMakersWhateverItLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("checkpoint.journal"), Path.of("/nowhere/at/all"));
        int owner = FileStatus.ofNoFollow(link).uid();

        assertThatThrownBy(() -> StateDirectory.requireOwners(directory.resolve("checkpoint"), Set.of(owner + 1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(link.toString());
    }
}
