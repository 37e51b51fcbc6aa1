package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A log file that is open for reading. It stays the same file when it is renamed or deleted meanwhile.
 *
 * <p>Safe to share between threads. Closed after the last range mapped from it.
 */
public final class LogFile implements AutoCloseable {
    private static final int OPEN_ATTEMPTS = 10;

    private final Path path;
    private final FileIdentity identity;
    private final FileChannel channel;
    private volatile long lastSizeBytes;

    private LogFile(Path path, FileIdentity identity, FileChannel channel) {
        this.path = path;
        this.identity = identity;
        this.channel = channel;
    }

    /**
     * Opens a regular file for reading.
     *
     * @throws IOException if it cannot be opened, is no regular file, or is replaced faster than it can be opened
     */
    public static LogFile open(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
            FileStatus before = FileStatus.of(absolute);
            if (!before.isRegularFile()) {
                throw new FileSystemException(absolute.toString(), null, "not a regular file");
            }
            FileChannel channel = FileChannel.open(absolute, StandardOpenOption.READ);
            try {
                FileIdentity identity = identityOf(before);
                if (identity.equals(identityOf(FileStatus.of(absolute)))) {
                    return new LogFile(absolute, identity, channel);
                }
            } catch (IOException replacedOrGone) {
                channel.close();
                throw replacedOrGone;
            }
            channel.close();
        }
        throw new FileSystemException(absolute.toString(), null, "was replaced each time it was opened; try again");
    }

    /** The identity of the file that a path leads to now. */
    public static FileIdentity identityOf(FileStatus status) {
        return new FileIdentity(status.device(), status.inode(), status.birthTimeNanos());
    }

    /** Absolute path under which the file was opened. */
    public Path path() {
        return path;
    }

    public FileIdentity identity() {
        return identity;
    }

    /** Size of the file at this moment, in bytes; after {@link #close}, at the last look before it. */
    public long sizeBytes() throws IOException {
        try {
            lastSizeBytes = channel.size();
        } catch (ClosedChannelException closed) {
            return lastSizeBytes;
        }
        return lastSizeBytes;
    }

    /**
     * Maps a range for reading.
     *
     * @param offset first byte, at least 0
     * @param endOffset exclusive end; the file must reach that far
     * @throws FileTruncatedException if the file is shorter than {@code endOffset}
     */
    public MappedRange map(long offset, long endOffset) throws IOException {
        long sizeBytes = sizeBytes();
        if (endOffset > sizeBytes) {
            throw new FileTruncatedException(path, endOffset, sizeBytes);
        }
        return new MappedRange(path, channel, offset, endOffset);
    }

    @Override
    public void close() throws IOException {
        sizeBytes();
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
