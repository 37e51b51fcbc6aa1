package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PinnedFileTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void resolve() throws IOException {
        directory = directory.toRealPath();
    }

    @Test
    void whatIsOpenedIsWhatIsHeldWhateverStandsUnderTheNameByThen() throws IOException {
        Path log = Files.writeString(directory.resolve("a.log"), "mine");
        Path victim = Files.writeString(directory.resolve("victim"), "other");
        try (PinnedFile pinned = PinnedFile.of(log)) {
            Files.move(log, directory.resolve("a.log.1"));
            Files.createSymbolicLink(log, victim);

            assertThat(pinned.realPath()).isEqualTo(directory.resolve("a.log.1"));
            assertThat(pinned.status().sizeBytes()).isEqualTo(4);
            assertThat(read(pinned)).isEqualTo("mine");
        }
    }

    @Test
    void theRealPathIsWithoutLinks() throws IOException {
        Path log = Files.writeString(directory.resolve("a.log"), "mine");
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), log);

        try (PinnedFile pinned = PinnedFile.of(link)) {
            assertThat(pinned.realPath()).isEqualTo(log);
        }
    }

    @Test
    void aFifoHoldsNobodyUp() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        try (PinnedFile pinned = PinnedFile.of(fifo)) {
            assertThat(pinned.status().isRegularFile()).isFalse();
        }
    }

    @Test
    void whatIsNotThereIsNotHeld() {
        assertThatThrownBy(() -> PinnedFile.of(directory.resolve("none")).close())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("none").toString());
    }

    private static String read(PinnedFile pinned) throws IOException {
        try (FileChannel channel = pinned.open(Set.of(StandardOpenOption.READ))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            channel.read(bytes);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
