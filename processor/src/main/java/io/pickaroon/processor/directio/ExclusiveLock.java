package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The right to be the only user of a file, held from {@link #acquire} to {@link #close} or the end of the process, even
 * if that is killed.
 *
 * <p>It is an open file description lock ({@code fcntl(2)}, F_OFD_SETLK) on a file of its own, {@code <path>.lock},
 * since the file itself may be replaced by a new one. Unlike Java's own file locks it also keeps out a second user in
 * the same process, and closing another descriptor of the file does not lose it. The lock file names its holder and is
 * not deleted on release: otherwise a third process could lock a file that no longer has the name.
 */
public final class ExclusiveLock implements AutoCloseable {
    private static final int F_OFD_SETLK = 37;
    private static final short F_WRLCK = 1;
    private static final int STRUCT_FLOCK_BYTES = 32;
    private static final int MODE_OWNER_ONLY = 0600;
    private static final int MAXIMUM_HOLDER_BYTES = 256;

    private final SystemCalls calls;
    private final Path lockPath;
    private final int fd;
    private boolean closed;

    private ExclusiveLock(SystemCalls calls, Path lockPath, int fd) {
        this.calls = calls;
        this.lockPath = lockPath;
        this.fd = fd;
    }

    /**
     * Takes the lock without waiting.
     *
     * @param path the file to be protected; its directory must exist
     * @throws InUseException if another process or run holds it; the message names the holder
     */
    public static ExclusiveLock acquire(Path path) throws IOException {
        return acquire(new Libc(), path);
    }

    static ExclusiveLock acquire(SystemCalls calls, Path path) throws IOException {
        Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
        while (true) {
            int flags = OpenFlags.READ_WRITE
                    | OpenFlags.CREATE
                    | OpenFlags.CLOSE_ON_EXEC
                    | OpenFlags.ofThisMachine().noFollow();
            int opened = calls.open(NativePath.withTerminator(lockPath), flags, MODE_OWNER_ONLY);
            ExclusiveLock lock =
                    new ExclusiveLock(calls, lockPath, (int) SystemCallException.check(opened, "open", lockPath));
            try {
                lock.lock(path);
                if (lock.stillHasItsName()) {
                    lock.writeHolder();
                    return lock;
                }
                lock.close();
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        }
    }

    private void lock(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flock = arena.allocate(STRUCT_FLOCK_BYTES, Long.BYTES);
            flock.set(ValueLayout.JAVA_SHORT, 0, F_WRLCK);
            long result = SystemCalls.uninterrupted(() -> calls.fcntl(fd, F_OFD_SETLK, flock.address()));
            if (Errno.EAGAIN.is(result) || Errno.EACCES.is(result)) {
                throw new InUseException(path, readHolder());
            }
            SystemCallException.check(result, "fcntl(F_OFD_SETLK)", lockPath);
        }
    }

    /** False if the lock file was deleted between our opening and locking it: then the lock protects nothing. */
    private boolean stillHasItsName() throws IOException {
        try {
            FileStatus named = FileStatus.ofNoFollow(lockPath);
            FileStatus held = FileStatus.ofOpen(calls, fd, lockPath);
            return named.inode() == held.inode() && named.device() == held.device();
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private void writeHolder() throws IOException {
        ProcessHandle process = ProcessHandle.current();
        Instant started = process.info().startInstant().orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS);
        byte[] holder = ("process " + process.pid() + ", started " + started).getBytes(StandardCharsets.US_ASCII);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(holder.length);
            memory.copyFrom(MemorySegment.ofArray(holder));
            long written = calls.pwrite(fd, memory.address(), holder.length, 0);
            SystemCallException.check(written, "pwrite", lockPath);
            SystemCallException.check(calls.ftruncate(fd, holder.length), "ftruncate", lockPath);
        }
    }

    private String readHolder() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(MAXIMUM_HOLDER_BYTES);
            long length = calls.pread(fd, memory.address(), MAXIMUM_HOLDER_BYTES, 0);
            if (length <= 0) {
                return "another process";
            }
            byte[] holder = memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return new String(holder, StandardCharsets.US_ASCII);
        }
    }

    /** The file that carries the lock. */
    public Path lockPath() {
        return lockPath;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            SystemCallException.check(calls.close(fd), "close", lockPath);
        }
    }
}
