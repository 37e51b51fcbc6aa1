package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.app.terminal.UserError;
import io.pickaroon.processor.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
