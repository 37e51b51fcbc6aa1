package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.BlockFile;
import io.pickaroon.processor.directio.BlockStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory whose power fails in one chosen change: of the sectors of a write any subset arrives, a new length or
 * name arrives or does not. What was done before stays, as {@link BlockStore} promises; what comes after fails.
 */
final class CrashingBlockStore implements BlockStore {
    private static final int SECTOR_BYTES = 512;

    private final Map<Path, byte[]> files = new HashMap<>();
    private Random random = new Random(0);
    private long changesUntilCrash = Long.MAX_VALUE;
    private boolean crashed;
    private int blockBytes = 4096;

    /** The power fails in the change after that many more. */
    void crashAfter(long changes, long seed) {
        changesUntilCrash = changes;
        random = new Random(seed);
    }

    /** Moves the files to a device with other blocks. */
    void moveToBlocksOf(int bytes) {
        blockBytes = bytes;
    }

    boolean crashed() {
        return crashed;
    }

    void restart() {
        crashed = false;
        changesUntilCrash = Long.MAX_VALUE;
    }

    @Override
    public void createDirectories(Path directory) {
        throw new UnsupportedOperationException("this disk has no directories");
    }

    @Override
    public BlockFile open(Path file) throws IOException {
        requirePower();
        if (!files.containsKey(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new File(file);
    }

    @Override
    public BlockFile create(Path file) throws IOException {
        change(() -> files.put(file, new byte[0]));
        return new File(file);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        change(() -> files.put(to, files.remove(from)));
    }

    /** Makes a change that arrives or not if this is where the power fails. */
    private void change(Runnable arrive) throws IOException {
        boolean last = countChange();
        if (!last || random.nextBoolean()) {
            arrive.run();
        }
        requirePower();
    }

    private boolean countChange() throws IOException {
        requirePower();
        crashed = changesUntilCrash == 0;
        changesUntilCrash--;
        return crashed;
    }

    private void requirePower() throws IOException {
        if (crashed) {
            throw new IOException("the power failed");
        }
    }

    private final class File implements BlockFile {
        private final Path path;

        File(Path path) {
            this.path = path;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public int blockBytes() {
            return blockBytes;
        }

        @Override
        public boolean isDirect() {
            return true;
        }

        @Override
        public long sizeBytes() {
            return files.get(path).length;
        }

        @Override
        public ByteBuffer buffer(int sizeBytes) {
            ByteBuffer buffer = ByteBuffer.allocate(sizeBytes);
            Arrays.fill(buffer.array(), (byte) 0xa5);
            return buffer;
        }

        @Override
        public int read(long offset, ByteBuffer into) throws IOException {
            requirePower();
            int length = (int) Math.min(into.remaining(), sizeBytes() - offset);
            into.put(files.get(path), (int) offset, length);
            return length;
        }

        @Override
        public void write(long offset, ByteBuffer from) throws IOException {
            if ((offset | from.remaining()) % blockBytes != 0) {
                throw new IllegalArgumentException("unaligned write");
            }
            boolean last = countChange();
            byte[] bytes = files.get(path);
            for (int at = (int) offset; from.hasRemaining(); at += SECTOR_BYTES) {
                byte[] sector = new byte[SECTOR_BYTES];
                from.get(sector);
                if (!last || random.nextBoolean()) {
                    System.arraycopy(sector, 0, bytes, at, SECTOR_BYTES);
                }
            }
            requirePower();
        }

        @Override
        public void allocate(long sizeBytes) throws IOException {
            change(() -> files.put(path, Arrays.copyOf(files.get(path), (int) sizeBytes)));
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            allocate(sizeBytes);
        }

        @Override
        public void close() {}
    }
}
