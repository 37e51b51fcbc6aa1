package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pickaroon.processor.directio.BlockFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchBlockStoreTest {
    private static final int BLOCK_BYTES = 4096;

    @TempDir
    private Path directory;

    private final ScratchBlockStore store = new ScratchBlockStore();

    @Test
    void aFileBeginsAsItIsOnDiskAndItsChangesStayInMemory() throws IOException {
        byte[] onDisk = block('a', 2 * BLOCK_BYTES);
        Path path = Files.write(directory.resolve("file"), onDisk);
        try (BlockFile file = store.open(path)) {
            file.write(BLOCK_BYTES, ByteBuffer.wrap(block('b', 2 * BLOCK_BYTES)));
        }

        try (BlockFile again = store.open(path)) {
            assertThat(again.sizeBytes()).isEqualTo(3 * BLOCK_BYTES);
            assertThat(read(again, 0)).isEqualTo(block('a', BLOCK_BYTES));
            assertThat(read(again, 2 * BLOCK_BYTES)).isEqualTo(block('b', BLOCK_BYTES));
            assertThat(again.read(3 * BLOCK_BYTES, ByteBuffer.allocate(BLOCK_BYTES)))
                    .isZero();
        }
        assertThat(path).hasBinaryContent(onDisk);
    }

    @Test
    void whatIsMadeIsInMemoryOnly() throws IOException {
        Path beside = directory.resolve("state/file.new");
        Path path = directory.resolve("state/file");
        store.createDirectories(directory.resolve("state"));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.open(path));

        try (BlockFile fresh = store.create(beside)) {
            fresh.allocate(BLOCK_BYTES);
        }
        store.replace(beside, path);

        try (BlockFile file = store.open(path)) {
            assertThat(read(file, 0)).isEqualTo(new byte[BLOCK_BYTES]);
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static byte[] read(BlockFile file, long offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK_BYTES);
        file.read(offset, bytes);
        return bytes.array();
    }

    private static byte[] block(char c, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) c);
        return bytes;
    }
}
