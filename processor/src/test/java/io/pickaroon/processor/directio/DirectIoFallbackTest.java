package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where direct I/O is used, and what is done where a file system has none. */
class DirectIoFallbackTest {
    private static final int BLOCK = TestedBlockFile.BLOCK;

    @TempDir
    Path directory;

    private TestedBlockFile tested;

    @BeforeEach
    void choosePath() {
        tested = new TestedBlockFile(directory.resolve("blocks"));
    }

    @AfterEach
    void closeFile() throws IOException {
        tested.close();
    }

    @Test
    void writesPastThePageCacheWhereTheFileSystemSaysThatItCan() throws IOException {
        tested.create();
        assumeTrue(FileStatus.of(tested.path).directOffsetAlignBytes() > 0, "this file system has direct I/O");
        int wanted = OpenFlags.ofThisMachine().direct() | OpenFlags.DATA_SYNC;
        assertThat(tested.file.isDirect()).isTrue();
        assertThat(tested.calls.openFlags)
                .singleElement()
                .satisfies(flags -> assertThat(flags & wanted).isEqualTo(wanted));
        tested.file.write(0, TestedBlockFile.filled(tested.file.buffer(BLOCK), 1));
        assertThat(tested.fallbacks).isEmpty();
        assertThat(tested.calls.syncs).as("O_DSYNC makes a sync needless").isZero();
    }

    @Test
    void fallsBackWhereOpenRefusesDirectIo() throws IOException {
        Files.createFile(tested.path);
        tested.calls.plannedOpens.add(FaultyCalls.failure(Errno.EINVAL));
        tested.open();
        assertFallback("open with O_DIRECT: EINVAL (invalid argument)");
        assertThat(tested.calls.openFlags.getLast() & OpenFlags.ofThisMachine().direct())
                .isZero();
    }

    @Test
    void fallsBackWhereOpenRefusesDirectIoButMakesTheFileFirst() throws IOException {
        tested.calls.plannedOpens.add(FaultyCalls.failure(Errno.EINVAL));
        tested.create();
        assertFallback("open with O_DIRECT: EINVAL (invalid argument)");
    }

    @Test
    void fallsBackWhereTheFirstWriteIsRefused() throws IOException {
        tested.create();
        assumeTrue(tested.file.isDirect(), "this file system has direct I/O");
        tested.calls.plannedWrites.add(FaultyCalls.failure(Errno.EINVAL));
        byte[] content = tested.write(0, 2 * BLOCK, 11);
        assertThat(Files.readAllBytes(tested.path)).isEqualTo(content);
        assertFallback("pwrite with O_DIRECT: EINVAL (invalid argument)");
    }

    @Test
    void fallsBackWhereTheFirstReadIsRefused() throws IOException {
        byte[] content = TestedBlockFile.random(BLOCK, 12);
        Files.write(tested.path, content);
        tested.open();
        assumeTrue(tested.file.isDirect(), "this file system has direct I/O");
        tested.calls.plannedReads.add(FaultyCalls.failure(Errno.EINVAL));
        assertThat(tested.read(0, BLOCK)).isEqualTo(content);
        assertFallback("pread with O_DIRECT: EINVAL (invalid argument)");
    }

    @Test
    void doesNotFallBackOnceDirectIoHasWorked() throws IOException {
        tested.create();
        assumeTrue(tested.file.isDirect(), "this file system has direct I/O");
        tested.write(0, BLOCK, 13);
        tested.calls.plannedWrites.add(FaultyCalls.failure(Errno.EINVAL));
        assertThatExceptionOfType(SystemCallException.class).isThrownBy(() -> tested.write(0, BLOCK, 14));
        assertThat(tested.fallbacks).isEmpty();
    }

    @Test
    void fallsBackOnTmpfsWhichTakesTheFlagAndIgnoresIt() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "there is a tmpfs");
        tested.path = Files.createTempFile(memory, "pickaroon", ".blocks");
        try {
            tested.open();
            assertThat(tested.fallbacks).hasSize(1);
            byte[] content = tested.write(0, 2 * BLOCK, 15);
            assertThat(tested.read(0, 3 * BLOCK)).isEqualTo(content);
            assertThat(tested.file.isDirect()).isFalse();
            assertThat(tested.calls.syncs).isEqualTo(1);
        } finally {
            Files.delete(tested.path);
        }
    }

    private void assertFallback(String reason) throws IOException {
        assertThat(tested.fallbacks).containsExactly(reason);
        assertThat(tested.file.isDirect()).isFalse();
        int before = tested.calls.syncs;
        byte[] content = tested.write(0, BLOCK, 99);
        assertThat(tested.read(0, BLOCK)).isEqualTo(content);
        assertThat(tested.calls.syncs).isEqualTo(before + 1);
        assertThat(tested.fallbacks).hasSize(1);
    }
}
