package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.BlockFile;
import io.pickaroon.processor.directio.BlockStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Block files that begin as they are on disk, and whose changes stay in memory: nothing on disk is written, made, locked or
 * removed. Memory is bounded by the size of the files. Used by one thread at a time.
 */
public final class ScratchBlockStore implements BlockStore {
    private static final int BLOCK_BYTES = 4096;
    /** A run may be writing a file, so what was read counts when the next read gives the same bytes. */
    private static final int READ_ATTEMPTS = 10;

    private final Map<Path, Content> files = new HashMap<>();
    private final boolean beginsAsOnDisk;

    /** Files as they are on disk. */
    public ScratchBlockStore() {
        this(true);
    }

    private ScratchBlockStore(boolean beginsAsOnDisk) {
        this.beginsAsOnDisk = beginsAsOnDisk;
    }

    /** No files, whatever is on disk. */
    public static ScratchBlockStore empty() {
        return new ScratchBlockStore(false);
    }

    private static final class Content {
        byte[] bytes = {};
    }

    @Override
    public void createDirectories(Path directory) {
        // A name alone is enough here.
    }

    @Override
    public BlockFile open(Path file) throws IOException {
        Content content = files.get(file);
        if (content == null) {
            if (!beginsAsOnDisk) {
                throw new NoSuchFileException(file.toString());
            }
            content = new Content();
            content.bytes = read(file);
            files.put(file, content);
        }
        return new ScratchFile(file, content);
    }

    @Override
    public BlockFile create(Path file) {
        Content empty = new Content();
        files.put(file, empty);
        return new ScratchFile(file, empty);
    }

    @Override
    public void replace(Path from, Path to) {
        files.put(to, files.remove(from));
    }

    private static byte[] read(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        for (int reads = 1; reads < READ_ATTEMPTS; reads++) {
            byte[] again = Files.readAllBytes(file);
            if (Arrays.equals(before, again)) {
                break;
            }
            before = again;
        }
        return before;
    }

    private record ScratchFile(Path path, Content content) implements BlockFile {
        @Override
        public int blockBytes() {
            return BLOCK_BYTES;
        }

        @Override
        public boolean isDirect() {
            return false;
        }

        @Override
        public long sizeBytes() {
            return content.bytes.length;
        }

        @Override
        public ByteBuffer buffer(int sizeBytes) {
            return ByteBuffer.allocate(sizeBytes);
        }

        @Override
        public int read(long offset, ByteBuffer into) {
            int from = (int) Math.min(offset, content.bytes.length);
            int length = Math.min(into.remaining(), content.bytes.length - from);
            into.put(content.bytes, from, length);
            return length;
        }

        @Override
        public void write(long offset, ByteBuffer from) {
            int length = from.remaining();
            allocate(offset + length);
            from.get(content.bytes, (int) offset, length);
        }

        @Override
        public void allocate(long sizeBytes) {
            if (sizeBytes > content.bytes.length) {
                content.bytes = Arrays.copyOf(content.bytes, Math.toIntExact(sizeBytes));
            }
        }

        @Override
        public void close() {
            // Its content stays, as it would on disk.
        }
    }
}
