package io.pickaroon.processor.directio;

import java.util.function.LongSupplier;

/**
 * The system calls of this package. A result is 0 or more, or the negated errno. Nothing is retried here and nothing is
 * thrown, so that a test twin can return any short write or errno.
 *
 * <p>Paths are the bytes of the name with a terminating NUL. Addresses and lengths are of native memory that the caller
 * keeps alive during the call.
 */
interface SystemCalls {
    /** Makes a call again for as long as signals interrupt it. */
    static long uninterrupted(LongSupplier call) {
        long result;
        do {
            result = call.getAsLong();
        } while (Errno.EINTR.is(result));
        return result;
    }

    int open(byte[] path, int flags, int mode);

    int close(int fd);

    long pread(int fd, long address, long lengthBytes, long offset);

    long pwrite(int fd, long address, long lengthBytes, long offset);

    long lseek(int fd, long offset, int whence);

    int fdatasync(int fd);

    int fsync(int fd);

    int ftruncate(int fd, long sizeBytes);

    int posixFallocate(int fd, long offset, long lengthBytes);

    /** {@code fcntl(2)} with an integer argument, or with a pointer given as its address. */
    int fcntl(int fd, int command, long argument);

    int statx(int directoryFd, byte[] path, int flags, int mask, long address);

    int fstatfs(int fd, long address);

    /** {@code name_to_handle_at(2)}: a struct file_handle at one address, a mount id at the other. */
    int nameToHandleAt(int directoryFd, byte[] path, long handleAddress, long mountIdAddress, int flags);

    int inotifyInit(int flags);

    /** A watch descriptor: that of the inode, if it is watched already. */
    int inotifyAddWatch(int fd, byte[] path, int mask);

    int inotifyRemoveWatch(int fd, int watch);

    /** {@code read(2)}, of what has no offsets. */
    long read(int fd, long address, long lengthBytes);

    /** {@code prlimit(2)} for this process: sets the limits at one address and reads into the other; 0 leaves that out. */
    int resourceLimit(int resource, long newAddress, long oldAddress);

    /** {@code mmap(2)} of private anonymous memory, page aligned and zeroed: its address, or the negated errno. */
    long mapAnonymous(long lengthBytes);

    int munmap(long address, long lengthBytes);
}
