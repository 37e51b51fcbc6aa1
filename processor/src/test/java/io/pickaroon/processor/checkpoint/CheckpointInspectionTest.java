package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointInspectionTest {
    private static final FileIdentity SHOP = new FileIdentity(1, 2, 3);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("checkpoint");
    }

    @Test
    void showsBothSlotsAndWhichIsInUseWhileARunHoldsTheLock() throws IOException {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            commit(file, 10);
            commit(file, 20);

            CheckpointInspection seen = CheckpointFile.inspect(path);

            assertThat(seen.inUse()).contains('A');
            assertThat(seen.checkpoint()).contains(file.current());
            assertThat(seen.slots().b().describe()).isEqualTo("valid, sequence 1");
            assertThat(seen.fileBytes()).isEqualTo(Files.size(path));
            assertThat(seen.problem()).isEmpty();
            assertThat(seen.fellBack()).isFalse();
        }
    }

    @Test
    void showsANewFileAsOneSlotInUseAndOneNeverWritten() throws IOException {
        CheckpointFile.open(path).close();
        CheckpointInspection seen = CheckpointFile.inspect(path);
        assertThat(seen.inUse()).contains('A');
        assertThat(seen.slots().b()).isEqualTo(new Slot.Unwritten());
        assertThat(seen.fellBack()).isFalse();
    }

    @Test
    void saysWhyTheNewerSlotCannotBeUsed() throws IOException {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            commit(file, 10);
            commit(file, 20);
        }
        damage(64);
        CheckpointInspection seen = CheckpointFile.inspect(path);
        assertThat(seen.inUse()).contains('B');
        assertThat(seen.fellBack()).isTrue();
        assertThat(seen.slots().a().describe()).contains("checksum");
        assertThat(seen.checkpoint()
                        .orElseThrow()
                        .entries()
                        .get(SHOP)
                        .position()
                        .offset())
                .isEqualTo(10);
    }

    @Test
    void saysWithTheRemedyWhyARunWouldNotStart() throws IOException {
        CheckpointFile.open(path).close();
        damage(64);
        CheckpointInspection seen = CheckpointFile.inspect(path);
        assertThat(seen.checkpoint()).isEmpty();
        assertThat(seen.inUse()).isEmpty();
        assertThat(seen.problem().orElseThrow())
                .contains(path.toString(), "slot A: torn or damaged", "slot B: never written", "restore it");
    }

    @Test
    void sharesTheVerdictOfARunOnATruncatedFile() throws IOException {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            commit(file, 10);
        }
        byte[] whole = Files.readAllBytes(path);
        for (int length : new int[] {0, 1, 51, 4096, 65_536, 131_071}) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThat(CheckpointFile.inspect(path).problem())
                    .as("%d bytes", length)
                    .isPresent();
            assertThatExceptionOfType(CheckpointCorruptException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> CheckpointFile.open(path));
        }
    }

    @Test
    void readsConsistentlyWhileCommitsGoOn() throws Exception {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            commit(file, 1);
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int offset = 2; offset < 1_000; offset++) {
                    try {
                        commit(file, offset);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            });
            long last = 0;
            while (writer.isAlive()) {
                long offset = CheckpointFile.inspect(path)
                        .checkpoint()
                        .orElseThrow()
                        .entries()
                        .get(SHOP)
                        .position()
                        .offset();
                assertThat(offset).isGreaterThanOrEqualTo(last);
                last = offset;
            }
            writer.join();
        }
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> CheckpointFile.inspect(path));
    }

    private void damage(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 0x10;
        Files.write(path, bytes);
    }

    private static void commit(CheckpointFile file, long offset) throws IOException {
        file.progress().advance(SHOP, new CheckpointEntry(Path.of("/var/log/a"), new Position(offset, true), offset));
        file.commit();
    }
}
