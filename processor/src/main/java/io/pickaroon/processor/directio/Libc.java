package io.pickaroon.processor.directio;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * {@link SystemCalls} answered by the C library of the running process, through JNA's direct mapping.
 *
 * <p>{@code open} and {@code fcntl} are variadic in C. Calling them with fixed arguments is right on the two platforms
 * that {@link OpenFlags} knows: both pass variadic integers and pointers in the same registers as named ones (System V
 * AMD64 psABI 3.5.7, AAPCS64 6.4). {@code size_t}, {@code off_t} and pointers have 64 bits there.
 */
final class Libc implements SystemCalls {
    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x2 | 0x20;

    /** @throws IllegalStateException if native code cannot be loaded; the message says what to do */
    Libc() {
        if (Symbols.FAILURE != null) {
            throw new IllegalStateException(
                    "cannot call the C library: " + Symbols.FAILURE + ". If the temporary directory "
                            + System.getProperty("java.io.tmpdir") + " is full or mounted noexec, start Java with"
                            + " -Djna.tmpdir=DIR, a directory from which code may be loaded");
        }
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return (int) orNegatedErrno(Symbols.open(path, flags, mode));
    }

    @Override
    public int close(int fd) {
        return (int) orNegatedErrno(Symbols.close(fd));
    }

    @Override
    public long pread(int fd, long address, long lengthBytes, long offset) {
        return orNegatedErrno(Symbols.pread(fd, address, lengthBytes, offset));
    }

    @Override
    public long pwrite(int fd, long address, long lengthBytes, long offset) {
        return orNegatedErrno(Symbols.pwrite(fd, address, lengthBytes, offset));
    }

    @Override
    public long lseek(int fd, long offset, int whence) {
        return orNegatedErrno(Symbols.lseek(fd, offset, whence));
    }

    @Override
    public int fdatasync(int fd) {
        return (int) orNegatedErrno(Symbols.fdatasync(fd));
    }

    @Override
    public int fsync(int fd) {
        return (int) orNegatedErrno(Symbols.fsync(fd));
    }

    @Override
    public int ftruncate(int fd, long sizeBytes) {
        return (int) orNegatedErrno(Symbols.ftruncate(fd, sizeBytes));
    }

    /** Unlike its neighbours, posix_fallocate(3) returns the errno instead of setting it. */
    @Override
    public int posixFallocate(int fd, long offset, long lengthBytes) {
        return -Symbols.posix_fallocate(fd, offset, lengthBytes);
    }

    @Override
    public int fcntl(int fd, int command, long argument) {
        return (int) orNegatedErrno(Symbols.fcntl(fd, command, argument));
    }

    @Override
    public int statx(int directoryFd, byte[] path, int flags, int mask, long address) {
        return (int) orNegatedErrno(Symbols.statx(directoryFd, path, flags, mask, address));
    }

    @Override
    public int fstatfs(int fd, long address) {
        return (int) orNegatedErrno(Symbols.fstatfs(fd, address));
    }

    @Override
    public int nameToHandleAt(int directoryFd, byte[] path, long handleAddress, long mountIdAddress, int flags) {
        return (int) orNegatedErrno(Symbols.name_to_handle_at(directoryFd, path, handleAddress, mountIdAddress, flags));
    }

    @Override
    public int inotifyInit(int flags) {
        return (int) orNegatedErrno(Symbols.inotify_init1(flags));
    }

    @Override
    public int inotifyAddWatch(int fd, byte[] path, int mask) {
        return (int) orNegatedErrno(Symbols.inotify_add_watch(fd, path, mask));
    }

    @Override
    public int inotifyRemoveWatch(int fd, int watch) {
        return (int) orNegatedErrno(Symbols.inotify_rm_watch(fd, watch));
    }

    @Override
    public long read(int fd, long address, long lengthBytes) {
        return orNegatedErrno(Symbols.read(fd, address, lengthBytes));
    }

    @Override
    public int resourceLimit(int resource, long newAddress, long oldAddress) {
        return (int) orNegatedErrno(Symbols.prlimit(0, resource, newAddress, oldAddress));
    }

    @Override
    public long mapAnonymous(long lengthBytes) {
        return orNegatedErrno(Symbols.mmap(0, lengthBytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0));
    }

    @Override
    public int munmap(long address, long lengthBytes) {
        return (int) orNegatedErrno(Symbols.munmap(address, lengthBytes));
    }

    private static long orNegatedErrno(long result) {
        return result == -1 ? -Native.getLastError() : result;
    }

    /** The functions under their C names. */
    private static final class Symbols {
        /** Why the functions cannot be called, null if they can. */
        static final String FAILURE = register();

        private static String register() {
            try {
                Native.register(Symbols.class, NativeLibrary.getProcess());
                return null;
            } catch (LinkageError e) {
                return e.getMessage();
            }
        }

        static native int open(byte[] path, int flags, int mode);

        static native int close(int fd);

        static native long pread(int fd, long address, long lengthBytes, long offset);

        static native long pwrite(int fd, long address, long lengthBytes, long offset);

        static native long lseek(int fd, long offset, int whence);

        static native int fdatasync(int fd);

        static native int fsync(int fd);

        static native int ftruncate(int fd, long sizeBytes);

        static native int posix_fallocate(int fd, long offset, long lengthBytes);

        static native int fcntl(int fd, int command, long argument);

        static native int statx(int directoryFd, byte[] path, int flags, int mask, long address);

        static native int fstatfs(int fd, long address);

        static native int name_to_handle_at(int directoryFd, byte[] path, long handle, long mountId, int flags);

        static native int inotify_init1(int flags);

        static native int inotify_add_watch(int fd, byte[] path, int mask);

        static native int inotify_rm_watch(int fd, int watch);

        static native long read(int fd, long address, long lengthBytes);

        static native int prlimit(int process, int resource, long newLimit, long oldLimit);

        static native long mmap(long address, long lengthBytes, int protection, int flags, int fd, long offset);

        static native int munmap(long address, long lengthBytes);
    }
}
