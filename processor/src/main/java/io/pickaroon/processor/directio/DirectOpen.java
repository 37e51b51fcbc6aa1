package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A regular file just opened for direct I/O, or without it where it is refused.
 *
 * @param fd descriptor, which the caller closes
 * @param status of the file
 * @param refusal why there is no direct I/O, null if there is
 */
record DirectOpen(int fd, FileStatus status, String refusal) {
    private static final int MODE_OWNER_ONLY = 0600;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;

    static DirectOpen open(SystemCalls calls, Path path) throws IOException {
        return open(calls, path, 0);
    }

    static DirectOpen create(SystemCalls calls, Path path) throws IOException {
        int flags = OpenFlags.CREATE
                | OpenFlags.EXCLUSIVE
                | OpenFlags.ofThisMachine().noFollow();
        return open(calls, path, flags);
    }

    private static DirectOpen open(SystemCalls calls, Path path, int extraFlags) throws IOException {
        int flags = OpenFlags.READ_WRITE | OpenFlags.CLOSE_ON_EXEC | extraFlags;
        int directFlags = OpenFlags.ofThisMachine().direct() | OpenFlags.DATA_SYNC;
        byte[] name = NativePath.withTerminator(path);
        String refusal = null;
        long opened = SystemCalls.uninterrupted(() -> calls.open(name, flags | directFlags, MODE_OWNER_ONLY));
        if (Errno.EINVAL.is(opened)) {
            refusal = "open with O_DIRECT: " + Errno.describe(Errno.EINVAL.number());
            // Linux makes the file first and checks for direct I/O afterwards, so by now it may exist.
            opened = SystemCalls.uninterrupted(() -> calls.open(name, flags & ~OpenFlags.EXCLUSIVE, MODE_OWNER_ONLY));
        }
        if (Errno.ENOENT.is(opened) && (extraFlags & OpenFlags.CREATE) == 0) {
            throw new NoSuchFileException(NativePath.printable(path));
        }
        int fd = (int) SystemCallException.check(opened, "open", path);
        try {
            FileStatus status = FileStatus.ofOpen(calls, fd, path);
            if (!status.isRegularFile()) {
                throw new IOException(
                        NativePath.printable(path) + ": not a regular file; name one, or a path where one can be made");
            }
            if (refusal == null) {
                refusal = pretence(calls, fd, status);
                if (refusal != null) {
                    clearDirectFlag(calls, fd, path);
                }
            }
            return new DirectOpen(fd, status, refusal);
        } catch (IOException | RuntimeException e) {
            calls.close(fd);
            throw e;
        }
    }

    /**
     * Why the flag means nothing although {@code open} accepted it, or null if it does mean something. Since Linux 6.6 tmpfs
     * takes it and ignores it.
     */
    private static String pretence(SystemCalls calls, int fd, FileStatus status) {
        if (status.directOffsetAlignBytes() < 0) {
            return "statx: none for this file";
        }
        return FileSystemType.ofOpen(calls, fd).equals(FileSystemType.TMPFS) ? "tmpfs keeps files in memory" : null;
    }

    static void clearDirectFlag(SystemCalls calls, int fd, Path path) throws IOException {
        long flags = SystemCallException.check(calls.fcntl(fd, F_GETFL, 0), "fcntl(F_GETFL)", path);
        long cleared = flags & ~OpenFlags.ofThisMachine().direct();
        SystemCallException.check(calls.fcntl(fd, F_SETFL, cleared), "fcntl(F_SETFL)", path);
    }
}
