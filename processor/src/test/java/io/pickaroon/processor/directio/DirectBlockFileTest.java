package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectBlockFileTest {
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
    void readsBackWhatItWrote() throws IOException {
        tested.create();
        byte[] first = tested.write(0, 3 * BLOCK, 1);
        byte[] second = tested.write(3 * BLOCK, BLOCK, 2);
        assertThat(Files.readAllBytes(tested.path))
                .startsWith(first)
                .endsWith(second)
                .hasSize(4 * BLOCK);
        assertThat(tested.read(0, 3 * BLOCK)).isEqualTo(first);
        assertThat(tested.read(3 * BLOCK, BLOCK)).isEqualTo(second);
        assertThat(tested.file.sizeBytes()).isEqualTo(4 * BLOCK);
    }

    @Test
    void readsPartOfABlockAndStopsAtTheEndOfTheFile() throws IOException {
        byte[] content = TestedBlockFile.random(2 * BLOCK + 100, 3);
        Files.write(tested.path, content);
        tested.open();
        assertThat(tested.read(0, 10)).isEqualTo(java.util.Arrays.copyOf(content, 10));
        assertThat(tested.read(0, 5 * BLOCK)).isEqualTo(content);
        assertThat(tested.read(2 * BLOCK, BLOCK)).hasSize(100);
        assertThat(tested.read(3 * BLOCK, BLOCK)).isEmpty();
    }

    @Test
    void readsMoreThanOneChunk() throws IOException {
        byte[] content = TestedBlockFile.random(3 * (1 << 20) + 17, 4);
        Files.write(tested.path, content);
        tested.open();
        assertThat(tested.read(0, content.length + BLOCK)).isEqualTo(content);
    }

    @Test
    void goesOnAfterAReadThatWasCutShort() throws IOException {
        byte[] content = TestedBlockFile.random(4 * BLOCK, 5);
        Files.write(tested.path, content);
        tested.open();
        tested.calls.plannedReads.add(FaultyCalls.failure(Errno.EINTR));
        tested.calls.plannedReads.add((long) BLOCK);
        tested.calls.plannedReads.add((long) 2 * BLOCK);
        assertThat(tested.read(0, 4 * BLOCK)).isEqualTo(content);
    }

    @Test
    void goesOnAfterAWriteThatWasInterruptedOrCutShort() throws IOException {
        tested.create();
        tested.calls.plannedWrites.add(FaultyCalls.failure(Errno.EINTR));
        tested.calls.plannedWrites.add((long) BLOCK);
        byte[] content = tested.write(0, 3 * BLOCK, 6);
        assertThat(Files.readAllBytes(tested.path)).isEqualTo(content);
        assertThat(tested.calls.writes).extracting(FaultyCalls.Transfer::offset).containsExactly(0L, 0L, (long) BLOCK);
    }

    @Test
    void beginsABlockAgainInWhichAWriteStopped() throws IOException {
        tested.create();
        tested.calls.plannedWrites.add(BLOCK + 512L);
        tested.calls.plannedWrites.add(100L);
        byte[] content = tested.write(0, 3 * BLOCK, 7);
        assertThat(Files.readAllBytes(tested.path)).isEqualTo(content);
        assertThat(tested.calls.writes)
                .extracting(FaultyCalls.Transfer::offset)
                .containsExactly(0L, (long) BLOCK, (long) BLOCK);
    }

    @Test
    void givesUpOnWritesThatNeverReachABlock() throws IOException {
        tested.create();
        for (int i = 0; i < 100; i++) {
            tested.calls.plannedWrites.add(i % 2 * 512L);
        }
        assertThatThrownBy(() -> tested.write(0, BLOCK, 8))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopped short");
        assertThat(tested.calls.writes).hasSizeLessThan(20);
    }

    @Test
    void handsTheKernelAlignedMemoryOnly() throws IOException {
        tested.create();
        tested.write(0, BLOCK, 9);
        tested.file.write(BLOCK, ByteBuffer.wrap(TestedBlockFile.random(2 * BLOCK, 10)));
        ByteBuffer unaligned = ByteBuffer.allocateDirect(2 * BLOCK + 8);
        tested.file.write(0, unaligned.position(8));
        assertThat(tested.calls.writes).hasSize(3).allSatisfy(write -> {
            assertThat(write.address() % BLOCK).isZero();
            assertThat(write.offset() % BLOCK).isZero();
            assertThat(write.lengthBytes() % BLOCK).isZero();
        });
        assertThat(unaligned.hasRemaining()).isFalse();
    }

    @Test
    void refusesAWriteThatIsNotWholeBlocks() throws IOException {
        tested.create();
        assertThatThrownBy(() -> tested.file.write(512, ByteBuffer.allocate(BLOCK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("512", "4096");
        assertThatThrownBy(() -> tested.file.write(0, ByteBuffer.allocate(BLOCK - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tested.file.write(-BLOCK, ByteBuffer.allocate(BLOCK)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(tested.calls.writes).isEmpty();
    }

    @Test
    void saysWhatToDoWhenTheDiskIsFullAndNeverWritesAgain() throws IOException {
        tested.create();
        tested.calls.plannedWrites.add(FaultyCalls.failure(Errno.ENOSPC));
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> tested.write(0, BLOCK, 16))
                .withMessage(tested.path
                        + ": pwrite failed: ENOSPC (no space left on device); free space on that file system,"
                        + " or choose a path on another one")
                .satisfies(e -> assertThat(e.errno()).isEqualTo(28));
        assertNeverWritesAgain("ENOSPC");
    }

    @Test
    void neverWritesAgainAfterASyncThatFailedOnce() throws IOException {
        tested.calls.plannedOpens.add(FaultyCalls.failure(Errno.EINVAL));
        tested.create();
        tested.calls.plannedSyncs.add(FaultyCalls.failure(Errno.EIO));
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> tested.write(0, BLOCK, 17))
                .withMessageContaining("fdatasync failed: EIO");
        assertNeverWritesAgain("fdatasync failed: EIO");
    }

    @Test
    void allocatesZeros() throws IOException {
        tested.create();
        tested.file.allocate(5 * BLOCK);
        assertThat(tested.read(0, 6 * BLOCK)).isEqualTo(new byte[5 * BLOCK]);
    }

    @Test
    void allocatesWhereTheFileSystemCannotReserve() throws IOException {
        for (Errno refusal : new Errno[] {Errno.EOPNOTSUPP, Errno.EINVAL}) {
            tested.create();
            tested.calls.plannedAllocations.add(FaultyCalls.failure(refusal));
            tested.file.allocate(5 * BLOCK);
            assertThat(tested.file.sizeBytes()).isEqualTo(5 * BLOCK);
            tested.file.close();
            Files.delete(tested.path);
        }
    }

    @Test
    void allocatesWhereThereWasNoSpaceBefore() throws IOException {
        tested.create();
        tested.calls.plannedAllocations.add(FaultyCalls.failure(Errno.ENOSPC));
        assertThatExceptionOfType(BlockFile.NoRoomException.class)
                .isThrownBy(() -> tested.file.allocate(BLOCK))
                .withMessageContaining("posix_fallocate failed: ENOSPC");
        tested.file.allocate(BLOCK);
        assertThat(tested.file.sizeBytes()).isEqualTo(BLOCK);
    }

    @Test
    void neverWritesAgainWhenAllocationFailed() throws IOException {
        tested.create();
        tested.calls.plannedAllocations.add(FaultyCalls.failure(Errno.EIO));
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> tested.file.allocate(BLOCK))
                .withMessageContaining("posix_fallocate failed: EIO");
        assertNeverWritesAgain("EIO");
    }

    @Test
    void makesAFileForItsOwnerOnly() throws IOException {
        tested.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tested.path)))
                .isEqualTo("rw-------");
    }

    @Test
    void neitherCreatesWhatIsMissingNorOverwritesWhatExists() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(tested::open);
        assertThat(tested.path).doesNotExist();
        Files.createFile(tested.path);
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(tested::create)
                .withMessageContaining("EEXIST");
    }

    @Test
    void refusesWhatIsNoRegularFile() {
        tested.path = Path.of("/dev/null");
        assertThatThrownBy(tested::open).isInstanceOf(IOException.class).hasMessageContaining("not a regular file");
    }

    @Test
    void aBufferFromBeforeClosingFailsWithoutACrash() throws IOException {
        tested.create();
        ByteBuffer buffer = tested.file.buffer(BLOCK);
        buffer.put(0, (byte) 1);
        tested.file.close();
        assertThatThrownBy(() -> buffer.put(0, (byte) 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tested.file.buffer(BLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> tested.file.write(0, ByteBuffer.allocate(BLOCK)))
                .isInstanceOf(IOException.class);
    }

    private void assertNeverWritesAgain(String cause) {
        int before = tested.calls.writes.size();
        assertThatThrownBy(() -> tested.write(0, BLOCK, 19))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(tested.path.toString(), "an earlier write failed", cause);
        assertThatThrownBy(() -> tested.file.allocate(BLOCK)).isInstanceOf(IOException.class);
        assertThat(tested.calls.writes).hasSize(before);
    }
}
