package io.pickaroon.connect.generation;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * A simulated file as a host has it open. What the host sees of it may be older than what it is, but never older than when it
 * was opened; before each access the world may change.
 */
final class SimulatedHandle implements LogFile {
    private final SimulatedFile file;
    private final boolean showsBirth;
    private final Random random;
    private final Runnable beforeAccess;
    /** Out of 100 accesses so many see the file as it is; all of them on a local file system. */
    private final int fresh;

    private final boolean isLocal;

    private byte[] seen;
    private boolean isClosed;

    SimulatedHandle(SimulatedFile file, boolean showsBirth, boolean isLocal, Random random, Runnable beforeAccess) {
        this.file = file;
        this.showsBirth = showsBirth;
        this.isLocal = isLocal;
        this.fresh = isLocal ? 100 : 60;
        this.random = random;
        this.beforeAccess = beforeAccess;
        this.seen = file.content();
    }

    SimulatedFile simulated() {
        return file;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** From now on it shows the file as it is. */
    void refresh() {
        seen = file.content();
    }

    private byte[] look() throws IOException {
        beforeAccess.run();
        if (!isLocal && file.isDeleted) {
            throw new IOException("Stale file handle");
        }
        if (random.nextInt(100) < fresh) {
            refresh();
        }
        return seen;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return this;
    }

    @Override
    public Path path() {
        return Path.of("/simulated.log");
    }

    @Override
    public FileIdentity identity() {
        return new FileIdentity(1, file.inode, showsBirth ? file.bornNanos : 0);
    }

    @Override
    public long sizeBytes() throws IOException {
        return look().length;
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        requireReaches(look(), endOffset);
        return new MappedRange() {
            @Override
            public long offset() {
                return offset;
            }

            @Override
            public long endOffset() {
                return endOffset;
            }

            @Override
            public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
                read(fromOffset, target, targetIndex, lengthBytes);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        byte[] now = look();
        requireReaches(now, offset + lengthBytes);
        System.arraycopy(now, (int) offset, target, targetIndex, lengthBytes);
    }

    private void requireReaches(byte[] now, long endOffset) throws IOException {
        if (endOffset > now.length) {
            throw new FileTruncatedException(path(), endOffset, now.length);
        }
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) {
        throw new UnsupportedOperationException("reading changes nothing");
    }

    @Override
    public void sync() {}

    @Override
    public void close() {
        isClosed = true;
    }
}
