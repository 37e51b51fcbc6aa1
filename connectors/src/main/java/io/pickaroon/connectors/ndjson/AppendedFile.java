package io.pickaroon.connectors.ndjson;

import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.PinnedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open file, locked against other writers of its kind, even after it was renamed. Appends go to the end that the
 * file has when the kernel writes them ({@code O_APPEND}). For one thread at a time.
 */
final class AppendedFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppendedFile.class);
    private static final int TAIL_BLOCK_BYTES = 64 * 1024;

    private final Path path;
    private final PinnedFile pinned;
    private final FileChannel appending;
    private final FileChannel editing;

    private AppendedFile(Path path, PinnedFile pinned, FileChannel appending, FileChannel editing) {
        this.path = path;
        this.pinned = pinned;
        this.appending = appending;
        this.editing = editing;
    }

    /**
     * Opens a file; creates it if it does not exist.
     *
     * @throws DeliveryException fatal, if another writer has it or it is no regular file
     */
    static AppendedFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            forceDirectory(path.getParent());
        }
        PinnedFile pinned = PinnedFile.of(path);
        FileChannel editing = null;
        try {
            if (!pinned.status().isRegularFile()) {
                throw DeliveryException.fatal(
                        "cannot append to %s: it is not a regular file; name another"
                                .formatted(NativePath.printable(path)),
                        null);
            }
            editing = pinned.open(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            requireLock(path, editing);
            return new AppendedFile(path, pinned, pinned.open(Set.of(StandardOpenOption.APPEND)), editing);
        } catch (IOException | RuntimeException e) {
            if (editing != null) {
                editing.close();
            }
            pinned.close();
            throw e;
        }
    }

    FileStatus status() throws IOException {
        return pinned.status();
    }

    /**
     * Appends bytes, all or none of them.
     *
     * @return offset of the end of the file
     */
    long append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                appending.write(bytes);
            }
            return editing.size();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            removeTail(length - bytes.remaining(), e);
            throw e;
        }
    }

    private void removeTail(int lengthBytes, IOException cause) {
        try {
            editing.truncate(Math.max(0, editing.size() - lengthBytes));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    void force() throws IOException {
        appending.force(false);
    }

    /**
     * Removes the last line if it has no line feed.
     *
     * @return offset of the end of the file
     */
    long removeCutLine() throws IOException {
        long sizeBytes = editing.size();
        long wholeBytes = endOfLastLine(sizeBytes);
        if (wholeBytes < sizeBytes) {
            LOG.warn(
                    "{} ended in the middle of a line, as after a crash; its last {} bytes were removed",
                    path,
                    sizeBytes - wholeBytes);
            editing.truncate(wholeBytes);
            editing.force(true);
        }
        return wholeBytes;
    }

    private long endOfLastLine(long sizeBytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(TAIL_BLOCK_BYTES);
        for (long blockEnd = sizeBytes; blockEnd > 0; blockEnd -= block.capacity()) {
            long blockStart = Math.max(0, blockEnd - block.capacity());
            block.clear().limit((int) (blockEnd - blockStart));
            while (block.hasRemaining() && editing.read(block, blockStart + block.position()) >= 0) {}
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return blockStart + i + 1;
                }
            }
        }
        return 0;
    }

    private static void requireLock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw DeliveryException.fatal(
                    NativePath.printable(path) + " is already open for appending in this process", e);
        }
        if (lock == null) {
            throw DeliveryException.fatal(
                    NativePath.printable(path) + " is in use by another process; stop that one or choose another file",
                    null);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        try (pinned;
                editing;
                appending) {
            return;
        } catch (IOException e) {
            LOG.warn("closing {} failed: {}", path, IoReason.of(e));
        }
    }
}
