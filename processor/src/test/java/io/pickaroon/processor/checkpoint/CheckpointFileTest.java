package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.directio.InUseException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final FileIdentity SHOP = new FileIdentity(0x800000002L, 4711, 1_700_000_000_000_000_000L);
    private static final FileIdentity MAIL = new FileIdentity(0x800000002L, 4712, 0);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("state/pickaroon/checkpoint");
    }

    @Test
    void startsEmptyWhereThereIsNoFile() throws IOException {
        try (CheckpointFile file = open()) {
            assertThat(file.current().sequence()).isZero();
            assertThat(file.current().entries()).isEmpty();
        }
    }

    @Test
    void givesBackAfterReopeningWhatWasCommitted() throws IOException {
        Checkpoint committed;
        CheckpointEntry mail = new CheckpointEntry(Path.of("/var/log/mail"), new Position(17, false), 99);
        try (CheckpointFile file = open()) {
            file.progress().advance(SHOP, entry("/var/log/shop/a.log", 1L << 40));
            file.progress().advance(MAIL, mail);
            committed = file.commit();
        }

        try (CheckpointFile file = open()) {
            assertThat(file.current()).isEqualTo(committed);
            assertThat(file.current().writtenAt()).isEqualTo(NOW);
            assertThat(file.current().entries().get(SHOP).position()).isEqualTo(new Position(1L << 40, true));
            assertThat(file.current().entries().get(MAIL)).isEqualTo(mail);
        }
    }

    @Test
    void losesOnlyWhatWasNotCommitted() throws IOException {
        try (CheckpointFile file = open()) {
            commit(file, 10);
            file.progress().advance(SHOP, entry("/a", 20));
            assertThat(file.current().entries().get(SHOP).position().offset()).isEqualTo(10);
        }
        try (CheckpointFile file = open()) {
            assertThat(file.current().entries().get(SHOP).position().offset()).isEqualTo(10);
        }
    }

    @Test
    void writesTheTwoSlotsInTurn() throws IOException {
        try (CheckpointFile file = open()) {
            for (int i = 1; i <= 5; i++) {
                file.progress().advance(SHOP, entry("/a", i));
                file.commit();
                Slots slots = CheckpointFile.inspect(path).slots();
                assertThat(List.of(sequence(slots.a()), sequence(slots.b())))
                        .containsExactlyInAnyOrder((long) i, i - 1L);
            }
        }
    }

    @Test
    void commitWithoutProgressWritesNothing() throws IOException {
        try (CheckpointFile file = open()) {
            file.progress().advance(SHOP, entry("/a", 10));
            Checkpoint first = file.commit();
            byte[] before = Files.readAllBytes(path);

            file.progress().advance(SHOP, entry("/a", 10));
            file.progress().forget(MAIL);

            assertThat(file.commit()).isSameAs(first);
            assertThat(Files.readAllBytes(path)).isEqualTo(before);
        }
    }

    @Test
    void refusesToGoBackwardsAndNamesBothOffsets() throws IOException {
        try (CheckpointFile file = open()) {
            file.progress().advance(SHOP, entry("/var/log/a", 100));
            assertThatThrownBy(() -> file.progress().advance(SHOP, entry("/var/log/a", 99)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("/var/log/a", "100", "99");
        }
    }

    @Test
    void refusesToGoBackBehindWhatAnEarlierRunCommitted() throws IOException {
        try (CheckpointFile file = open()) {
            commit(file, 100);
        }
        try (CheckpointFile file = open()) {
            assertThatThrownBy(() -> file.progress().advance(SHOP, entry("/a", 99)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void beginsAnewWithAFileThatWasForgotten() throws IOException {
        try (CheckpointFile file = open()) {
            file.progress().advance(SHOP, entry("/a", 100));
            file.progress().advance(MAIL, entry("/b", 1));
            file.commit();
            file.progress().forget(SHOP);
            assertThat(file.commit().entries()).containsOnlyKeys(MAIL);
            commit(file, 5);
        }
        try (CheckpointFile file = open()) {
            assertThat(file.current().entries().get(SHOP).position().offset()).isEqualTo(5);
        }
    }

    @Test
    void growsWithTheNumberOfLogFilesAndKeepsThePreviousCheckpointToo() throws IOException {
        int files = 10_000;
        Checkpoint committed;
        try (CheckpointFile file = open()) {
            long sizeBefore = Files.size(path);
            commit(file, 1);
            IntStream.range(0, files)
                    .forEach(i -> file.progress().advance(new FileIdentity(1, i, 0), entry("/var/log/" + i, i)));
            file.commit();
            assertThat(Files.size(path)).isGreaterThan(sizeBefore);
            assertThat(sequence(CheckpointFile.inspect(path).slots().b())).isEqualTo(1);
            committed = commit(file, 2);
        }
        try (CheckpointFile file = open()) {
            assertThat(file.current()).isEqualTo(committed);
            assertThat(file.current().entries()).hasSize(files + 1);
        }
    }

    @Test
    void keepsANameThatIsNotUtf8() throws IOException {
        Path strange = Path.of(java.net.URI.create("file:///var/log/caf%e9%ff%25.log"));
        Path umlaut = Path.of(java.net.URI.create("file:///var/log/gr%c3%bc%c3%9fe.log"));
        try (CheckpointFile file = open()) {
            file.progress().advance(SHOP, new CheckpointEntry(strange, Position.START, 0));
            file.progress().advance(MAIL, new CheckpointEntry(umlaut, Position.START, 0));
            file.commit();
        }
        try (CheckpointFile file = open()) {
            assertThat(file.current().entries().get(SHOP).path()).isEqualTo(strange);
            assertThat(file.current().entries().get(MAIL).path()).isEqualTo(umlaut);
        }
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        try (CheckpointFile file = open()) {
            file.commit();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                .isEqualTo("rwx------");
        assertThat(path.resolveSibling("checkpoint.new")).doesNotExist();
    }

    @Test
    void isOpenOnceAtATime() throws IOException {
        try (CheckpointFile file = open()) {
            assertThatExceptionOfType(InUseException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining(path.toRealPath() + ": in use by process "
                            + ProcessHandle.current().pid());
            assertThat(file.current().sequence()).isZero();
        }
        open().close();
    }

    @Test
    void isTheSameThroughASymbolicLink() throws IOException {
        open().close();
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, path);
        try (CheckpointFile file = CheckpointFile.open(link, CLOCK)) {
            assertThatExceptionOfType(InUseException.class).isThrownBy(this::open);
            IntStream.range(0, 2_000)
                    .forEach(i -> file.progress().advance(new FileIdentity(1, i, 0), entry("/" + i, i)));
            file.commit();
        }
        assertThat(Files.isSymbolicLink(link)).isTrue();
        try (CheckpointFile file = open()) {
            assertThat(file.current().entries()).hasSize(2_000);
        }
    }

    @Test
    void refusesALinkThatLeadsNowhere() throws IOException {
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, directory.resolve("not-mounted/checkpoint"));
        assertThatThrownBy(() -> CheckpointFile.open(link))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(link.toString(), "not-mounted/checkpoint", "does not exist");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.createDirectories(path);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("EISDIR");
    }

    @Test
    void refusesAnEmptyFileAndChangesNothing() throws IOException {
        Files.createDirectories(path.getParent());
        Files.createFile(path);
        assertRefused("it is empty");
        assertThat(Files.size(path)).isZero();
    }

    @Test
    void refusesWhatIsNoCheckpointAndChangesNothing() throws IOException {
        Files.createDirectories(path.getParent());
        byte[] somethingElse = "my precious notes".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(path, somethingElse);
        assertRefused("does not begin as a checkpoint");
        assertThat(Files.readAllBytes(path)).isEqualTo(somethingElse);
    }

    @Test
    void goesOnFromTheOlderSlotWhenTheNewerIsDamaged() throws IOException {
        try (CheckpointFile file = open()) {
            commit(file, 10);
            commit(file, 20);
        }
        byte[] bytes = Files.readAllBytes(path);
        bytes[100] ^= 1;
        Files.write(path, bytes);

        try (CheckpointFile file = open()) {
            assertThat(file.current().entries().get(SHOP).position().offset()).isEqualTo(10);
            file.progress().advance(SHOP, entry("/a", 30));
            assertThat(file.commit().sequence()).isEqualTo(2);
        }
        try (CheckpointFile file = open()) {
            assertThat(file.current().entries().get(SHOP).position().offset()).isEqualTo(30);
        }
    }

    @Test
    void failsForGoodOnceClosed() throws IOException {
        CheckpointFile file = open();
        file.progress().advance(SHOP, entry("/a", 10));
        file.close();
        assertThatThrownBy(file::commit).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    private void assertRefused(String reason) {
        assertThatExceptionOfType(CheckpointCorruptException.class)
                .isThrownBy(this::open)
                .withMessageContainingAll(path.toString(), reason, "restore it", "start: beginning", "start: end");
    }

    private CheckpointFile open() throws IOException {
        return CheckpointFile.open(path, CLOCK);
    }

    private static Checkpoint commit(CheckpointFile file, long offset) throws IOException {
        file.progress().advance(SHOP, entry("/a", offset));
        return file.commit();
    }

    private static long sequence(Slot slot) {
        return slot instanceof Slot.Valid valid ? valid.checkpoint().sequence() : -1;
    }

    private static CheckpointEntry entry(String path, long offset) {
        return new CheckpointEntry(Path.of(path), new Position(offset, true), Math.max(offset, 1000));
    }
}
