package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.PinnedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A log file in a file system.
 *
 * @param shared the state that all names of the open file share
 * @param isReadAlways whether the file is never mapped: a mapping keeps the pages that overlayfs has copied away from, and
 *     see {@link #mayMap}
 */
record ChannelLogFile(Path path, FileIdentity identity, FileChannel channel, Shared shared, boolean isReadAlways)
        implements LogFile {
    private static final Set<StandardOpenOption> READ_ONLY = Set.of(StandardOpenOption.READ);
    private static final Set<StandardOpenOption> READ_AND_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** Windows of which no more is copied to arrays are scanned faster if they are not mapped (measured). */
    private static final int MOST_READ_BYTES = 1 << 20;

    /** A size that a file reports without having it is 0, or a multiple of this. */
    private static final int LEAST_PAGE_BYTES = 4096;

    static final class Shared {
        /** False if writes and syncs are left out. */
        final boolean isWritten;

        volatile long lastSizeBytes;
        volatile IOException syncFailure;

        Shared(boolean isWritten) {
            this.isWritten = isWritten;
        }
    }

    /** @param fixes decides whether the file may be changed; empty to read it only */
    static LogFile open(Path path, Optional<FixPermission> fixes) throws IOException {
        return open(path, fixes, fixes.isPresent());
    }

    /** @param written whether the file is opened for writing */
    static LogFile open(Path path, Optional<FixPermission> fixes, boolean written) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        try (PinnedFile file = PinnedFile.of(absolute)) {
            FileStatus status = file.status();
            if (!status.isRegularFile()) {
                throw new FileSystemException(NativePath.printable(absolute), null, "not a regular file");
            }
            if (fixes.isPresent()) {
                fixes.get().require(file.realPath(), status);
            }
            if (fixes.isPresent() && !written) {
                file.requireWritable();
            }
            FileChannel channel = file.open(written ? READ_AND_WRITE : READ_ONLY);
            return new ChannelLogFile(
                    absolute,
                    FileIdentity.of(status),
                    channel,
                    new Shared(written),
                    !status.birthTimeStays() || !mayMap(System.getProperty("os.arch")));
        }
    }

    /**
     * Whether a copy from a page that is gone, because the file was truncated, fails with an error. On aarch64 it ends
     * the JVM when it is called by compiled code: HotSpot does not know the loop of its own copy as one that may fault
     * ({@code copy_byte_f}, Java 25.0.5).
     */
    static boolean mayMap(String processor) {
        return !processor.equals("aarch64");
    }

    @Override
    public LogFile knownAs(Path otherPath, int generation) {
        return new ChannelLogFile(otherPath, identity.ofGeneration(generation), channel, shared, isReadAlways);
    }

    @Override
    public long sizeBytes() throws IOException {
        try {
            shared.lastSizeBytes = channel.size();
        } catch (ClosedChannelException closed) {
            return shared.lastSizeBytes;
        }
        return shared.lastSizeBytes;
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        requireReaches(endOffset);
        return isReadAlways
                ? new ReadRange(this, offset, endOffset)
                : new ChannelRange(path, channel, offset, endOffset);
    }

    @Override
    public MappedRange range(long offset, long endOffset, long wantedBytes) throws IOException {
        if (wantedBytes > MOST_READ_BYTES) {
            return map(offset, endOffset);
        }
        requireReaches(endOffset);
        return new ReadRange(this, offset, endOffset);
    }

    private void requireReaches(long endOffset) throws IOException {
        long sizeBytes = sizeBytes();
        if (endOffset > sizeBytes) {
            throw new FileTruncatedException(path, endOffset, sizeBytes);
        }
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        read(offset, ByteBuffer.wrap(target, targetIndex, lengthBytes));
    }

    /** A truncation fills the page with the new end with zeros while it may be being read, so the size is read afterwards. */
    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        long endOffset = offset + target.remaining();
        try {
            readUpTo(offset, target);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "%s cannot be read at offset %d: %s; the kernel's log says why (dmesg)"
                            .formatted(NativePath.printable(path), offset, e.getMessage()),
                    e);
        }
        if (target.hasRemaining()) {
            throw new FileTruncatedException(path, endOffset, sizeBytes());
        }
        requireReaches(endOffset);
    }

    @Override
    public int readUpTo(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        return readUpTo(offset, ByteBuffer.wrap(target, targetIndex, lengthBytes));
    }

    private int readUpTo(long offset, ByteBuffer target) throws IOException {
        int start = target.position();
        int read = 0;
        while (target.hasRemaining() && read >= 0) {
            read = channel.read(target, offset + target.position() - start);
        }
        return target.position() - start;
    }

    @Override
    public boolean hasTrueSize() throws IOException {
        long sizeBytes = sizeBytes();
        if (sizeBytes % LEAST_PAGE_BYTES != 0) {
            return true;
        }
        try {
            boolean isThere = readUpTo(Math.max(0, sizeBytes - 1), new byte[1], 0, 1) == 1;
            return isThere == (sizeBytes > 0) || sizeBytes() != sizeBytes;
        } catch (IOException e) {
            throw new IOException(NativePath.printable(path) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Taken from the kernel for as long as the name leads to the file. */
    @Override
    public long dataOffset(long offset) throws IOException {
        try (PinnedFile there = PinnedFile.of(path)) {
            return FileIdentity.of(there.status()).isSameInode(identity) ? there.dataOffset(offset) : offset;
        } catch (NoSuchFileException gone) {
            return offset;
        }
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) throws IOException {
        if (!shared.isWritten) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(source, sourceIndex, lengthBytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, offset + buffer.position() - sourceIndex);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "%s: a fix at offset %d could not be written: %s; when that is mended, the next start finishes it"
                            .formatted(NativePath.printable(path), offset, e.getMessage()),
                    e);
        }
    }

    @Override
    public void sync() throws IOException {
        if (!shared.isWritten) {
            return;
        }
        if (shared.syncFailure != null) {
            throw new IOException(
                    NativePath.printable(path) + ": an earlier sync failed: " + shared.syncFailure.getMessage(),
                    shared.syncFailure);
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            shared.syncFailure = e;
            throw new IOException(
                    "%s: sync failed: %s; check the disk (dmesg)".formatted(NativePath.printable(path), e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        sizeBytes();
        channel.close();
    }

    @Override
    public String toString() {
        return NativePath.printable(path);
    }
}
