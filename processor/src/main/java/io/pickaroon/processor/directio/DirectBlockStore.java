package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Block files of the local file system, with direct I/O where there is any. Logs once if there is none. */
public final class DirectBlockStore implements BlockStore {
    private static final Logger LOG = LoggerFactory.getLogger(DirectBlockStore.class);

    private final SystemCalls calls;
    private boolean fallbackReported;

    public DirectBlockStore() {
        this(new Libc());
    }

    DirectBlockStore(SystemCalls calls) {
        this.calls = calls;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path up = directory.toAbsolutePath(); up != null && !Files.isDirectory(up); up = up.getParent()) {
            missing.push(up);
        }
        for (Path next : missing) {
            createDirectory(next);
            syncDirectory(next.getParent());
        }
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    NativePath.printable(directory)
                            + ": not a directory, though the path needs one there; check the path",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    NativePath.printable(directory) + ": cannot make this directory (" + e
                            + "); make it and give it to this user, or choose another path",
                    e);
        }
    }

    @Override
    public BlockFile open(Path file) throws IOException {
        return DirectBlockFile.open(calls, file, reason -> reportFallback(file, reason));
    }

    /** Does not log a fallback: the file is a temporary one, and {@link #open} logs it for the final one. */
    @Override
    public BlockFile create(Path file) throws IOException {
        Files.deleteIfExists(file);
        try {
            return DirectBlockFile.create(calls, file, _ -> {});
        } catch (SystemCallException e) {
            throw e.isOfRoom() ? new BlockFile.NoRoomException(e.getMessage(), e) : e;
        }
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(to.toAbsolutePath().getParent());
    }

    private void syncDirectory(Path directory) throws IOException {
        int flags = OpenFlags.READ_ONLY | OpenFlags.ofThisMachine().directory() | OpenFlags.CLOSE_ON_EXEC;
        int opened = calls.open(NativePath.withTerminator(directory), flags, 0);
        int fd = (int) SystemCallException.check(opened, "open", directory);
        try {
            int result = calls.fsync(fd);
            // fsync(2) returns EINVAL on a file system that has nothing to sync here.
            if (!Errno.EINVAL.is(result)) {
                SystemCallException.check(result, "fsync", directory);
            }
        } finally {
            calls.close(fd);
        }
    }

    private void reportFallback(Path file, String reason) {
        if (!fallbackReported) {
            fallbackReported = true;
            LOG.info("{}: no direct I/O here ({}); writing through the page cache with fdatasync", file, reason);
        }
    }
}
