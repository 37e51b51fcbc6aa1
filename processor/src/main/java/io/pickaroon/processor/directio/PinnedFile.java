package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * A file held by a descriptor: its status, and what is opened for reading or writing, are of the same file, even if its
 * name changes in between. Holding it needs no permission on it and has no effect, not even on a FIFO ({@code O_PATH}
 * of {@code open(2)}). Used by one thread.
 */
public final class PinnedFile implements AutoCloseable {
    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;

    private final SystemCalls calls;
    private final Path path;
    private final int fd;

    private PinnedFile(SystemCalls calls, Path path, int fd) {
        this.calls = calls;
        this.path = path;
        this.fd = fd;
    }

    /**
     * Holds the file that the path leads to, through symbolic links.
     *
     * @throws NoSuchFileException if there is none
     * @throws SystemCallException if a directory on the way may not be searched, or for lack of descriptors
     */
    public static PinnedFile of(Path path) throws IOException {
        SystemCalls calls = new Libc();
        byte[] name = NativePath.withTerminator(path);
        long opened =
                SystemCalls.uninterrupted(() -> calls.open(name, OpenFlags.PATH_ONLY | OpenFlags.CLOSE_ON_EXEC, 0));
        if (Errno.ENOENT.is(opened)) {
            throw new NoSuchFileException(NativePath.printable(path));
        }
        return new PinnedFile(calls, path, (int) SystemCallException.check(opened, "open", path));
    }

    public FileStatus status() throws IOException {
        return FileStatus.ofOpen(calls, fd, path);
    }

    /** The file system that it is on. */
    public FileSystemType fileSystem() {
        return FileSystemType.ofOpen(calls, fd);
    }

    /** The path of the file from the kernel, without symbolic links. For a deleted file it is the path of no file. */
    public Path realPath() throws IOException {
        return Files.readSymbolicLink(ownLink());
    }

    /**
     * Opens the file.
     *
     * @throws AccessDeniedException if permission is missing
     * @throws FileSystemException if it cannot be
     */
    public FileChannel open(Set<? extends OpenOption> options) throws IOException {
        try {
            return FileChannel.open(ownLink(), options);
        } catch (AccessDeniedException e) {
            AccessDeniedException named = new AccessDeniedException(NativePath.printable(path), null, e.getReason());
            named.initCause(e);
            throw named;
        } catch (FileSystemException e) {
            throw new FileSystemException(
                    NativePath.printable(path), null, e.getReason() == null ? e.toString() : e.getReason());
        }
    }

    /**
     * Returns if this process may write the file; does not open it.
     *
     * @throws AccessDeniedException if permission is missing
     * @throws FileSystemException if its file system is mounted read-only
     */
    public void requireWritable() throws IOException {
        if (status().isImmutable() || status().isAppendOnly()) {
            throw new FileSystemException(NativePath.printable(path), null, "Operation not permitted");
        }
        if (Files.isWritable(ownLink())) {
            return;
        }
        if (Files.getFileStore(ownLink()).isReadOnly()) {
            throw new FileSystemException(NativePath.printable(path), null, "Read-only file system");
        }
        throw new AccessDeniedException(NativePath.printable(path));
    }

    /**
     * Where data begins at or after an offset ({@code SEEK_DATA} of {@code lseek(2)}).
     *
     * @return the size of the file if there is nothing but a hole up to its end; the offset itself if the file system does
     *     not know of holes
     * @throws SystemCallException if the file cannot be opened for reading
     */
    public long dataOffset(long offset) throws IOException {
        byte[] name = NativePath.withTerminator(ownLink());
        long opened =
                SystemCalls.uninterrupted(() -> calls.open(name, OpenFlags.READ_ONLY | OpenFlags.CLOSE_ON_EXEC, 0));
        int reading = (int) SystemCallException.check(opened, "open", path);
        try {
            long data = calls.lseek(reading, offset, SEEK_DATA);
            if (Errno.ENXIO.is(data)) {
                data = calls.lseek(reading, 0, SEEK_END);
            }
            return Math.max(offset, data);
        } finally {
            calls.close(reading);
        }
    }

    private Path ownLink() {
        return Path.of("/proc/self/fd/" + fd);
    }

    @Override
    public void close() {
        calls.close(fd);
    }
}
