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
public final class CrashingBlockStore implements BlockStore {
    /** Decides in which change the power, or only that change, fails, and what of that change arrives all the same. */
    public interface Power {
        /** Announces a change. True if it fails. */
        boolean failsIn(String change) throws IOException;

        /** Whether a sector, or another part that arrives whole or not at all, of the last change arrives. */
        boolean arrives();

        /** Throws after the power failed, and once after another failure. */
        void require() throws IOException;
    }

    private final Map<Path, byte[]> files = new HashMap<>();
    private final SingleFailure ownPower;
    private final Power power;
    private final int sectorBytes;
    private int blockBytes = 4096;
    private long changes;

    /** A disk that is told with {@link #crashAfter} when to fail. */
    CrashingBlockStore() {
        this.ownPower = new SingleFailure();
        this.power = ownPower;
        this.sectorBytes = 512;
    }

    /**
     * A disk whose power comes from outside.
     *
     * @param sectorBytes what arrives whole or not at all
     */
    public CrashingBlockStore(Power power, int sectorBytes) {
        this.ownPower = null;
        this.power = power;
        this.sectorBytes = sectorBytes;
    }

    /** The power fails in the change after that many more. */
    void crashAfter(long changes, long seed) {
        ownPower.changesUntilCrash = changes;
        ownPower.random = new Random(seed);
    }

    /** What the disk holds under a name; null if nothing. Not to be written to. */
    public byte[] contentOf(Path file) {
        return files.get(file);
    }

    /** Number of changes so far. */
    public long changes() {
        return changes;
    }

    /** Moves the files to a device with other blocks. */
    void moveToBlocksOf(int bytes) {
        blockBytes = bytes;
    }

    boolean crashed() {
        return ownPower.crashed;
    }

    void restart() {
        ownPower.crashed = false;
        ownPower.changesUntilCrash = Long.MAX_VALUE;
    }

    @Override
    public void createDirectories(Path directory) {
        throw new UnsupportedOperationException("this disk has no directories");
    }

    @Override
    public BlockFile open(Path file) throws IOException {
        power.require();
        if (!files.containsKey(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new File(file);
    }

    @Override
    public BlockFile create(Path file) throws IOException {
        change("create " + file.getFileName(), () -> files.put(file, new byte[0]));
        return new File(file);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        change("replace " + to.getFileName(), () -> files.put(to, files.remove(from)));
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Makes a change that arrives or not if this is where the power fails. */
    private void change(String what, Runnable arrive) throws IOException {
        changes++;
        boolean last = power.failsIn(what);
        if (!last || power.arrives()) {
            arrive.run();
        }
        power.require();
    }

    private static final class SingleFailure implements Power {
        private Random random = new Random(0);
        private long changesUntilCrash = Long.MAX_VALUE;
        private boolean crashed;

        @Override
        public boolean failsIn(String change) throws IOException {
            require();
            crashed = changesUntilCrash == 0;
            changesUntilCrash--;
            return crashed;
        }

        @Override
        public boolean arrives() {
            return random.nextBoolean();
        }

        @Override
        public void require() throws IOException {
            if (crashed) {
                throw new IOException("the power failed");
            }
        }
    }

    private final class File implements BlockFile {
        private final Path path;
        private IOException failure;

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
            power.require();
            int length = (int) Math.min(into.remaining(), sizeBytes() - offset);
            into.put(files.get(path), (int) offset, length);
            return length;
        }

        @Override
        public void write(long offset, ByteBuffer from) throws IOException {
            if ((offset | from.remaining()) % blockBytes != 0) {
                throw new IllegalArgumentException("unaligned write");
            }
            untilFailure(() -> {
                changes++;
                boolean last = power.failsIn("write " + path.getFileName());
                byte[] bytes = files.get(path);
                for (int at = (int) offset; from.hasRemaining(); at += sectorBytes) {
                    if (!last || power.arrives()) {
                        from.get(bytes, at, sectorBytes);
                    } else {
                        from.position(from.position() + sectorBytes);
                    }
                }
                power.require();
            });
        }

        @Override
        public void allocate(long sizeBytes) throws IOException {
            untilFailure(() -> change(
                    "allocate " + path.getFileName(),
                    () -> files.put(path, Arrays.copyOf(files.get(path), (int) sizeBytes))));
        }

        /** A change that failed is the last one. */
        private void untilFailure(Change change) throws IOException {
            if (failure != null) {
                throw new IOException("an earlier change failed", failure);
            }
            try {
                change.make();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() {}
    }
}
