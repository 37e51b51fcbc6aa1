package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectBlockFileTest {
    private static final int BLOCK = 4096;

    @TempDir
    Path directory;

    private final FaultyCalls calls = new FaultyCalls();
    private final List<String> fallbacks = new ArrayList<>();
    private Path path;
    private DirectBlockFile file;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("blocks");
    }

    @AfterEach
    void closeFile() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    @Test
    void writesPastThePageCacheWhereTheFileSystemSaysThatItCan() throws IOException {
        create();
        assumeTrue(FileStatus.of(path).directOffsetAlignBytes() > 0, "this file system has direct I/O");
        int wanted = OpenFlags.ofThisMachine().direct() | OpenFlags.DATA_SYNC;
        assertThat(file.isDirect()).isTrue();
        assertThat(calls.openFlags)
                .singleElement()
                .satisfies(flags -> assertThat(flags & wanted).isEqualTo(wanted));
        file.write(0, filled(file.buffer(BLOCK), 1));
        assertThat(fallbacks).isEmpty();
        assertThat(calls.syncs).as("O_DSYNC makes a sync needless").isZero();
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        create();
        byte[] first = write(0, 3 * BLOCK, 1);
        byte[] second = write(3 * BLOCK, BLOCK, 2);
        assertThat(Files.readAllBytes(path)).startsWith(first).endsWith(second).hasSize(4 * BLOCK);
        assertThat(read(0, 3 * BLOCK)).isEqualTo(first);
        assertThat(read(3 * BLOCK, BLOCK)).isEqualTo(second);
        assertThat(file.sizeBytes()).isEqualTo(4 * BLOCK);
    }

    @Test
    void readsPartOfABlockAndStopsAtTheEndOfTheFile() throws IOException {
        byte[] content = random(2 * BLOCK + 100, 3);
        Files.write(path, content);
        open();
        assertThat(read(0, 10)).isEqualTo(java.util.Arrays.copyOf(content, 10));
        assertThat(read(0, 5 * BLOCK)).isEqualTo(content);
        assertThat(read(2 * BLOCK, BLOCK)).hasSize(100);
        assertThat(read(3 * BLOCK, BLOCK)).isEmpty();
    }

    @Test
    void readsMoreThanOneChunk() throws IOException {
        byte[] content = random(3 * (1 << 20) + 17, 4);
        Files.write(path, content);
        open();
        assertThat(read(0, content.length + BLOCK)).isEqualTo(content);
    }

    @Test
    void goesOnAfterAReadThatWasCutShort() throws IOException {
        byte[] content = random(4 * BLOCK, 5);
        Files.write(path, content);
        open();
        calls.plannedReads.add(FaultyCalls.failure(Errno.EINTR));
        calls.plannedReads.add((long) BLOCK);
        calls.plannedReads.add((long) 2 * BLOCK);
        assertThat(read(0, 4 * BLOCK)).isEqualTo(content);
    }

    @Test
    void goesOnAfterAWriteThatWasInterruptedOrCutShort() throws IOException {
        create();
        calls.plannedWrites.add(FaultyCalls.failure(Errno.EINTR));
        calls.plannedWrites.add((long) BLOCK);
        byte[] content = write(0, 3 * BLOCK, 6);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
        assertThat(calls.writes).extracting(FaultyCalls.Transfer::offset).containsExactly(0L, 0L, (long) BLOCK);
    }

    @Test
    void beginsABlockAgainInWhichAWriteStopped() throws IOException {
        create();
        calls.plannedWrites.add(BLOCK + 512L);
        calls.plannedWrites.add(100L);
        byte[] content = write(0, 3 * BLOCK, 7);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
        assertThat(calls.writes).extracting(FaultyCalls.Transfer::offset).containsExactly(0L, (long) BLOCK, (long)
                BLOCK);
    }

    @Test
    void givesUpOnWritesThatNeverReachABlock() throws IOException {
        create();
        for (int i = 0; i < 100; i++) {
            calls.plannedWrites.add(i % 2 * 512L);
        }
        assertThatThrownBy(() -> write(0, BLOCK, 8))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopped short");
        assertThat(calls.writes).hasSizeLessThan(20);
    }

    @Test
    void handsTheKernelAlignedMemoryOnly() throws IOException {
        create();
        write(0, BLOCK, 9);
        file.write(BLOCK, ByteBuffer.wrap(random(2 * BLOCK, 10)));
        ByteBuffer unaligned = ByteBuffer.allocateDirect(2 * BLOCK + 8);
        file.write(0, unaligned.position(8));
        assertThat(calls.writes).hasSize(3).allSatisfy(write -> {
            assertThat(write.address() % BLOCK).isZero();
            assertThat(write.offset() % BLOCK).isZero();
            assertThat(write.lengthBytes() % BLOCK).isZero();
        });
        assertThat(unaligned.hasRemaining()).isFalse();
    }

    @Test
    void refusesAWriteThatIsNotWholeBlocks() throws IOException {
        create();
        assertThatThrownBy(() -> file.write(512, ByteBuffer.allocate(BLOCK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("512", "4096");
        assertThatThrownBy(() -> file.write(0, ByteBuffer.allocate(BLOCK - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.write(-BLOCK, ByteBuffer.allocate(BLOCK)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(calls.writes).isEmpty();
    }

    @Test
    void fallsBackWhereOpenRefusesDirectIo() throws IOException {
        Files.createFile(path);
        calls.plannedOpens.add(FaultyCalls.failure(Errno.EINVAL));
        open();
        assertFallback("open with O_DIRECT: EINVAL (invalid argument)");
        assertThat(calls.openFlags.getLast() & OpenFlags.ofThisMachine().direct())
                .isZero();
    }

    @Test
    void fallsBackWhereOpenRefusesDirectIoButMakesTheFileFirst() throws IOException {
        calls.plannedOpens.add(FaultyCalls.failure(Errno.EINVAL));
        create();
        assertFallback("open with O_DIRECT: EINVAL (invalid argument)");
    }

    @Test
    void fallsBackWhereTheFirstWriteIsRefused() throws IOException {
        create();
        assumeTrue(file.isDirect(), "this file system has direct I/O");
        calls.plannedWrites.add(FaultyCalls.failure(Errno.EINVAL));
        byte[] content = write(0, 2 * BLOCK, 11);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
        assertFallback("pwrite with O_DIRECT: EINVAL (invalid argument)");
    }

    @Test
    void fallsBackWhereTheFirstReadIsRefused() throws IOException {
        byte[] content = random(BLOCK, 12);
        Files.write(path, content);
        open();
        assumeTrue(file.isDirect(), "this file system has direct I/O");
        calls.plannedReads.add(FaultyCalls.failure(Errno.EINVAL));
        assertThat(read(0, BLOCK)).isEqualTo(content);
        assertFallback("pread with O_DIRECT: EINVAL (invalid argument)");
    }

    @Test
    void doesNotFallBackOnceDirectIoHasWorked() throws IOException {
        create();
        assumeTrue(file.isDirect(), "this file system has direct I/O");
        write(0, BLOCK, 13);
        calls.plannedWrites.add(FaultyCalls.failure(Errno.EINVAL));
        assertThatExceptionOfType(SystemCallException.class).isThrownBy(() -> write(0, BLOCK, 14));
        assertThat(fallbacks).isEmpty();
    }

    @Test
    void fallsBackOnTmpfsWhichTakesTheFlagAndIgnoresIt() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "there is a tmpfs");
        path = Files.createTempFile(memory, "pickaroon", ".blocks");
        try {
            open();
            assertThat(fallbacks).hasSize(1);
            byte[] content = write(0, 2 * BLOCK, 15);
            assertThat(read(0, 3 * BLOCK)).isEqualTo(content);
            assertThat(file.isDirect()).isFalse();
            assertThat(calls.syncs).isEqualTo(1);
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void saysWhatToDoWhenTheDiskIsFullAndNeverWritesAgain() throws IOException {
        create();
        calls.plannedWrites.add(FaultyCalls.failure(Errno.ENOSPC));
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> write(0, BLOCK, 16))
                .withMessage(path + ": pwrite failed: ENOSPC (no space left on device); free space on that file system,"
                        + " or choose a path on another one")
                .satisfies(e -> assertThat(e.errno()).isEqualTo(28));
        assertNeverWritesAgain("ENOSPC");
    }

    @Test
    void neverWritesAgainAfterASyncThatFailedOnce() throws IOException {
        calls.plannedOpens.add(FaultyCalls.failure(Errno.EINVAL));
        create();
        calls.plannedSyncs.add(FaultyCalls.failure(Errno.EIO));
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> write(0, BLOCK, 17))
                .withMessageContaining("fdatasync failed: EIO");
        assertNeverWritesAgain("fdatasync failed: EIO");
    }

    @Test
    void allocatesZeros() throws IOException {
        create();
        file.allocate(5 * BLOCK);
        assertThat(read(0, 6 * BLOCK)).isEqualTo(new byte[5 * BLOCK]);
    }

    @Test
    void allocatesWhereTheFileSystemCannotReserve() throws IOException {
        for (Errno refusal : new Errno[] {Errno.EOPNOTSUPP, Errno.EINVAL}) {
            create();
            calls.plannedAllocations.add(FaultyCalls.failure(refusal));
            file.allocate(5 * BLOCK);
            assertThat(file.sizeBytes()).isEqualTo(5 * BLOCK);
            file.close();
            Files.delete(path);
        }
    }

    @Test
    void reportsThatAllocationFoundNoSpace() throws IOException {
        create();
        calls.plannedAllocations.add(FaultyCalls.failure(Errno.ENOSPC));
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(() -> file.allocate(BLOCK))
                .withMessageContaining("posix_fallocate failed: ENOSPC");
        assertNeverWritesAgain("ENOSPC");
    }

    @Test
    void truncates() throws IOException {
        create();
        byte[] content = write(0, 3 * BLOCK, 18);
        file.truncate(BLOCK);
        assertThat(Files.readAllBytes(path)).isEqualTo(java.util.Arrays.copyOf(content, BLOCK));
    }

    @Test
    void makesAFileForItsOwnerOnly() throws IOException {
        create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void neitherCreatesWhatIsMissingNorOverwritesWhatExists() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(this::open);
        assertThat(path).doesNotExist();
        Files.createFile(path);
        assertThatExceptionOfType(SystemCallException.class)
                .isThrownBy(this::create)
                .withMessageContaining("EEXIST");
    }

    @Test
    void refusesWhatIsNoRegularFile() {
        path = Path.of("/dev/null");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("not a regular file");
    }

    @Test
    void aBufferFromBeforeClosingFailsWithoutACrash() throws IOException {
        create();
        ByteBuffer buffer = file.buffer(BLOCK);
        buffer.put(0, (byte) 1);
        file.close();
        assertThatThrownBy(() -> buffer.put(0, (byte) 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> file.buffer(BLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> file.write(0, ByteBuffer.allocate(BLOCK))).isInstanceOf(IOException.class);
    }

    private void assertFallback(String reason) throws IOException {
        assertThat(fallbacks).containsExactly(reason);
        assertThat(file.isDirect()).isFalse();
        int before = calls.syncs;
        byte[] content = write(0, BLOCK, 99);
        assertThat(read(0, BLOCK)).isEqualTo(content);
        assertThat(calls.syncs).isEqualTo(before + 1);
        assertThat(fallbacks).hasSize(1);
    }

    private void assertNeverWritesAgain(String cause) {
        int before = calls.writes.size();
        assertThatThrownBy(() -> write(0, BLOCK, 19))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(path.toString(), "an earlier write failed", cause);
        assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> file.allocate(BLOCK)).isInstanceOf(IOException.class);
        assertThat(calls.writes).hasSize(before);
    }

    private void create() throws IOException {
        file = DirectBlockFile.create(calls, path, fallbacks::add);
    }

    private void open() throws IOException {
        file = DirectBlockFile.open(calls, path, fallbacks::add);
    }

    private byte[] write(long offset, int length, long seed) throws IOException {
        ByteBuffer buffer = filled(file.buffer(length), seed);
        byte[] content = new byte[length];
        buffer.get(0, content);
        file.write(offset, buffer);
        return content;
    }

    private byte[] read(long offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        int got = file.read(offset, into);
        assertThat(into.position()).isEqualTo(got);
        return java.util.Arrays.copyOf(into.array(), got);
    }

    private static ByteBuffer filled(ByteBuffer buffer, long seed) {
        return buffer.put(0, random(buffer.limit(), seed));
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
