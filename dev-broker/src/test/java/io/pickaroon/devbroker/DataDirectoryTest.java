package io.pickaroon.devbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void belongsToOneBrokerAtATime() throws Exception {
        Optional<Path> path = Optional.of(directory.resolve("new/data"));
        try (DataDirectory _ = DataDirectory.open(path)) {
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("used by another dev-broker");
        }
        try (DataDirectory again = DataDirectory.open(path)) {
            assertThat(again.path()).isEqualTo(path.get().toRealPath());
        }
    }

    @Test
    void whatWasKeptIsStillThereAfterwards() throws Exception {
        try (DataDirectory data = DataDirectory.open(Optional.of(directory))) {
            Files.createDirectory(data.kafkaDirectory());
        }
        assertThat(directory.resolve("kafka")).isDirectory();
    }

    @Test
    void aTemporaryOneIsDeletedWithAllThatIsInIt() throws Exception {
        Path path;
        try (DataDirectory data = DataDirectory.open(Optional.empty())) {
            path = data.path();
            Files.createDirectories(data.kafkaDirectory().resolve("topic-0"));
            Files.writeString(data.kafkaDirectory().resolve("topic-0/segment"), "records");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void refusesWhatCannotBeADirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> DataDirectory.open(Optional.of(file.resolve("data"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data DIR");
    }
}
