package io.pickaroon.connectors.ndjson;

import io.pickaroon.processor.delivery.DeliveryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines that is only appended to, by one process at a time, and in which every line is whole.
 *
 * <p>A last line without its line feed was cut by a crash before it was acknowledged: it is removed when the file is
 * opened, and what a failed append left behind is removed at once. Safe to use from several threads.
 */
public final class NdjsonFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NdjsonFile.class);
    private static final int TAIL_BLOCK_BYTES = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private long lengthBytes;

    private NdjsonFile(Path path, FileChannel channel, long lengthBytes) {
        this.path = path;
        this.channel = channel;
        this.lengthBytes = lengthBytes;
    }

    /**
     * Opens a file for appending, creates it if need be, and repairs its tail.
     *
     * @throws DeliveryException fatal, if it cannot be opened or another process appends to it
     */
    public static NdjsonFile open(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            boolean existed = Files.exists(absolute);
            FileChannel channel = FileChannel.open(
                    absolute, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                requireLock(absolute, channel);
                if (!existed) {
                    forceDirectory(absolute.getParent());
                }
                return new NdjsonFile(absolute, channel, repairTail(absolute, channel));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw DeliveryException.fatal(
                    "cannot create %s: its directory does not exist; create it".formatted(absolute), e);
        } catch (IOException e) {
            throw DeliveryException.fatal("cannot open %s for appending: %s".formatted(absolute, reason(e)), e);
        }
    }

    /** Absolute path of the file. */
    public Path path() {
        return path;
    }

    /**
     * Appends whole lines and makes them durable.
     *
     * @param lines one or more lines, each with its line feed
     * @throws DeliveryException if they are not durable; retryable if the disk is full
     * @throws ClosedByInterruptException if the thread was interrupted; the file is closed then
     */
    public synchronized void append(ByteBuffer lines) throws ClosedByInterruptException {
        write(lines);
        try {
            channel.force(false);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw DeliveryException.fatal(
                    "what was appended to %s may not be durable: %s; check the disk before starting again"
                            .formatted(path, reason(e)),
                    e);
        }
    }

    private void write(ByteBuffer lines) throws ClosedByInterruptException {
        try {
            long offset = lengthBytes;
            while (lines.hasRemaining()) {
                offset += channel.write(lines, offset);
            }
            lengthBytes = offset;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            removeBrokenTail(e);
            throw DeliveryException.retryable(
                    "cannot append to %s: %s; make room on its disk".formatted(path, reason(e)), e);
        }
    }

    private void removeBrokenTail(IOException cause) {
        try {
            channel.truncate(lengthBytes);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("closing {} failed: {}", path, reason(e));
        }
    }

    private static void requireLock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw DeliveryException.fatal(path + " is already open for appending in this process", e);
        }
        if (lock == null) {
            throw DeliveryException.fatal(
                    path + " is in use by another process; stop that one or choose another file", null);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static long repairTail(Path path, FileChannel channel) throws IOException {
        long sizeBytes = channel.size();
        long wholeBytes = endOfLastLine(channel, sizeBytes);
        if (wholeBytes < sizeBytes) {
            LOG.warn(
                    "{} ended in the middle of a line, as after a crash: removed its last {} bytes",
                    path,
                    sizeBytes - wholeBytes);
            channel.truncate(wholeBytes);
            channel.force(true);
        }
        return wholeBytes;
    }

    private static long endOfLastLine(FileChannel channel, long sizeBytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(TAIL_BLOCK_BYTES);
        for (long blockEnd = sizeBytes; blockEnd > 0; blockEnd -= block.capacity()) {
            long blockStart = Math.max(0, blockEnd - block.capacity());
            block.clear().limit((int) (blockEnd - blockStart));
            while (block.hasRemaining() && channel.read(block, blockStart + block.position()) >= 0) {}
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return blockStart + i + 1;
                }
            }
        }
        return 0;
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return e instanceof FileSystemException ? e.getClass().getSimpleName() : e.getMessage();
    }
}
