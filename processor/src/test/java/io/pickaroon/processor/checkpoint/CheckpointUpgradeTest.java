package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.checkpoint.CheckpointEntry.Content;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under golden were written by the versions before. */
class CheckpointUpgradeTest {
    private static final FileIdentity FIRST = new FileIdentity(0xfe00000001L, 0x1234, 0x17a0_0000_0000_0000L);
    private static final FileIdentity SHOP = new FileIdentity(2049, 4711, 1_700_000_000_000_000_000L);
    private static final FileIdentity MAIL = new FileIdentity(2049, 4712, 0);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("checkpoint");
    }

    @Test
    void format1IsReadWhole() throws IOException {
        restore("version-1");
        try (CheckpointFile file = CheckpointFile.open(path)) {
            assertThat(file.current().sequence()).isEqualTo(3);
            assertThat(file.current().entries())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            FIRST,
                            new CheckpointEntry(Path.of("/var/log/a.log"), new Position(1L << 40, true), 1L << 41),
                            SHOP,
                            new CheckpointEntry(Path.of("/var/log/shop/b.log"), new Position(4096, true), 5000),
                            MAIL,
                            new CheckpointEntry(Path.of("/var/log/mäil"), new Position(17, false), 99)));
        }
    }

    @Test
    void format2IsReadWhole() throws IOException {
        restore("version-2");
        try (CheckpointFile file = CheckpointFile.open(path)) {
            assertThat(file.current().sequence()).isEqualTo(3);
            assertThat(file.current().entries())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            FIRST.ofGeneration(3),
                            new CheckpointEntry(
                                    Path.of("/var/log/a.log"),
                                    new Position(1L << 40, true),
                                    new Waiting(new Position(1L << 39, false), 0x0123_4567_89ab_cdefL),
                                    new Content(1L << 41, new LineEnds(4096, 0xdeadbeef)),
                                    Optional.of(Instant.ofEpochSecond(1_772_366_399L)),
                                    Reset.NEVER),
                            SHOP,
                            new CheckpointEntry(
                                    Path.of("/var/log/shop/b.log"),
                                    new Position(4096, true),
                                    new Waiting(new Position(4096, true), 0),
                                    new Content(5000, new LineEnds(4096, 7)),
                                    Optional.empty(),
                                    Reset.NEVER),
                            MAIL,
                            new CheckpointEntry(Path.of("/var/log/mäil"), new Position(17, false), 99)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-1", "version-2"})
    void anOldCheckpointHasNoNameUntilItIsCommitted(String golden) throws IOException {
        restore(golden);
        byte[] before = Files.readAllBytes(path);
        try (CheckpointFile file = CheckpointFile.open(path)) {
            assertThat(file.instance().standing()).isEqualTo(Standing.UNNAMED);
            assertThat(file.instance().starts()).isZero();
            assertThat(file.current().sections().instance()).isEmpty();
            assertThat(file.current().sections().rules()).isEmpty();
        }
        assertThat(path).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-1", "version-2"})
    void theFirstCommitKeepsEveryEntryAndAnIdentityForGood(String golden) throws IOException {
        restore(golden);
        Checkpoint before;
        Instance instance;
        try (CheckpointFile file = CheckpointFile.open(path)) {
            before = file.current();
            instance = file.instance();
            Checkpoint after = file.commit();
            assertThat(after.sequence()).isEqualTo(4);
            assertThat(after.entries()).isEqualTo(before.entries());
        }
        try (CheckpointFile file = CheckpointFile.open(path)) {
            assertThat(file.instance()).isEqualTo(instance);
            assertThat(file.current().entries()).isEqualTo(before.entries());
        }
    }

    @Test
    void aFirstCommitThatWasTornLeavesTheOldCheckpoint() throws IOException {
        restore("version-2");
        try (CheckpointFile file = CheckpointFile.open(path)) {
            file.commit();
        }
        byte[] torn = Files.readAllBytes(path);
        torn[100] ^= 1;
        Files.write(path, torn);
        try (CheckpointFile file = CheckpointFile.open(path)) {
            assertThat(file.current().sequence()).isEqualTo(3);
            assertThat(file.instance().standing()).isEqualTo(Standing.UNNAMED);
        }
    }

    private void restore(String golden) throws IOException {
        try (InputStream stored = getClass().getResourceAsStream("golden/" + golden + ".gz")) {
            Files.write(path, new GZIPInputStream(stored).readAllBytes());
        }
    }
}
