package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.FileSystemType;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.PinnedFile;
import io.pickaroon.processor.directio.SystemCallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
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
 * @param isReadAlways whether the file is never mapped: a mapping keeps the pages that overlayfs has copied away from, a
 *     network file system that fails for a moment is a fault of the mapping, and see {@link #mayMap}
 */
record ChannelLogFile(Path path, FileIdentity identity, Shared shared, boolean isReadAlways) implements LogFile {
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

        final FileSystemType fileSystem;
        volatile FileChannel channel;
        volatile long lastSizeBytes;
        volatile IOException syncFailure;
        /** Something was written and is not durable yet. Guarded by this. */
        boolean isUnsynced;

        Shared(FileChannel channel, FileSystemType fileSystem, boolean isWritten) {
            this.channel = channel;
            this.fileSystem = fileSystem;
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
        try (PinnedFile file = pinned(absolute)) {
            FileStatus status = file.status();
            FileSystemType fileSystem = file.fileSystem();
            if (!status.isRegularFile()) {
                throw new FileSystemException(NativePath.printable(absolute), null, "not a regular file");
            }
            if (fixes.isPresent()) {
                fixes.get().require(absolute, file.realPath(), status, fileSystem);
            }
            if (fixes.isPresent() && !written) {
                file.requireWritable();
            }
            return new ChannelLogFile(
                    absolute,
                    FileIdentity.of(status),
                    new Shared(opened(file, absolute, fileSystem, written), fileSystem, written),
                    !status.birthTimeStays() || fileSystem.isRemote() || !mayMap(System.getProperty("os.arch")));
        }
    }

    private static PinnedFile pinned(Path path) throws IOException {
        try {
            return PinnedFile.of(path);
        } catch (SystemCallException e) {
            throw e.isOfMachine() && isRemote(path.getParent()) ? new RemoteFileException(e.getMessage(), e) : e;
        }
    }

    private static boolean isRemote(Path directory) {
        try {
            return FileSystemType.of(directory).isRemote();
        } catch (IOException cannotTell) {
            return false;
        }
    }

    private static FileChannel opened(PinnedFile file, Path path, FileSystemType fileSystem, boolean written)
            throws IOException {
        try {
            return file.open(written ? READ_AND_WRITE : READ_ONLY);
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            throw fileSystem.isRemote()
                    ? new RemoteFileException(
                            "%s cannot be opened: %s; it is on %s"
                                    .formatted(NativePath.printable(path), e.getReason(), fileSystem),
                            e)
                    : e;
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
        return new ChannelLogFile(otherPath, identity.ofGeneration(generation), shared, isReadAlways);
    }

    @Override
    public long sizeBytes() throws IOException {
        try {
            shared.lastSizeBytes = shared.channel.size();
        } catch (ClosedChannelException closed) {
            return shared.lastSizeBytes;
        } catch (IOException e) {
            throw unreadable("cannot tell its size", e);
        }
        return shared.lastSizeBytes;
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        requireReaches(endOffset);
        return isReadAlways
                ? new ReadRange(this, offset, endOffset)
                : new ChannelRange(path, shared.channel, offset, endOffset);
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
            throw unreadable("cannot be read at offset " + offset, e);
        }
        if (target.hasRemaining()) {
            throw endsEarly(endOffset - target.remaining(), endOffset);
        }
        requireReaches(endOffset);
    }

    private IOException unreadable(String what, IOException e) {
        String message = "%s %s: %s; ".formatted(NativePath.printable(path), what, e.getMessage());
        return shared.fileSystem.isRemote()
                ? new RemoteFileException(message + "it is on " + shared.fileSystem, e)
                : new IOException(message + "the kernel's log says why (dmesg)", e);
    }

    /** A server that answers a read with less than there is has truncated nothing. */
    private IOException endsEarly(long readOffset, long endOffset) throws IOException {
        long sizeBytes = sizeBytes();
        return shared.fileSystem.isRemote() && sizeBytes >= endOffset
                ? new RemoteFileException(
                        "%s cannot be read at offset %d: nothing comes, although it has %d bytes; it is on %s"
                                .formatted(NativePath.printable(path), readOffset, sizeBytes, shared.fileSystem),
                        null)
                : new FileTruncatedException(path, endOffset, sizeBytes);
    }

    @Override
    public int readUpTo(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        return readUpTo(offset, ByteBuffer.wrap(target, targetIndex, lengthBytes));
    }

    private int readUpTo(long offset, ByteBuffer target) throws IOException {
        int start = target.position();
        int read = 0;
        while (target.hasRemaining() && read >= 0) {
            read = shared.channel.read(target, offset + target.position() - start);
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
            throw unreadable("cannot be read", e);
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
            synchronized (shared) {
                shared.isUnsynced = true;
                while (buffer.hasRemaining()) {
                    shared.channel.write(buffer, offset + buffer.position() - sourceIndex);
                }
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
            synchronized (shared) {
                shared.channel.force(false);
                shared.isUnsynced = false;
            }
        } catch (IOException e) {
            shared.syncFailure = e;
            throw new IOException(
                    "%s: sync failed: %s; check the disk (dmesg)".formatted(NativePath.printable(path), e.getMessage()),
                    e);
        }
    }

    @Override
    public void reopen(Path at) throws IOException {
        if (!shared.fileSystem.isRemote()) {
            return;
        }
        synchronized (shared) {
            // What was written through this handle is made durable through it, or the run ends.
            if (shared.isUnsynced || !shared.channel.isOpen()) {
                return;
            }
            try (PinnedFile there = PinnedFile.of(at)) {
                if (FileIdentity.of(there.status()).isSameInode(identity)) {
                    FileChannel before = shared.channel;
                    shared.channel = there.open(shared.isWritten ? READ_AND_WRITE : READ_ONLY);
                    before.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            sizeBytes();
        } finally {
            synchronized (shared) {
                shared.channel.close();
            }
        }
    }

    @Override
    public String toString() {
        return NativePath.printable(path);
    }
}
