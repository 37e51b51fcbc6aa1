package io.pickaroon.processor.directio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The real system calls, of which some are answered, or cut short, as a test has planned. */
final class FaultyCalls implements SystemCalls {
    /** One call with a buffer, as the kernel saw it. */
    record Transfer(long address, long lengthBytes, long offset) {}

    /** Answers without calling; a planned answer that is no error shortens the real call to so many bytes. */
    final Deque<Long> plannedWrites = new ArrayDeque<>();

    final Deque<Long> plannedReads = new ArrayDeque<>();
    final Deque<Long> plannedSyncs = new ArrayDeque<>();
    final Deque<Long> plannedOpens = new ArrayDeque<>();
    final Deque<Long> plannedAllocations = new ArrayDeque<>();
    int watchesGranted = Integer.MAX_VALUE;

    final List<Transfer> writes = new ArrayList<>();
    final List<Integer> openFlags = new ArrayList<>();
    int syncs;

    /** Runs once, right after the next file was opened. */
    Runnable afterOpen = () -> {};

    private final SystemCalls real = new Libc();

    static long failure(Errno errno) {
        return -errno.number();
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        openFlags.add(flags);
        Long planned = plannedOpens.poll();
        if (planned == null) {
            int fd = real.open(path, flags, mode);
            Runnable after = afterOpen;
            afterOpen = () -> {};
            after.run();
            return fd;
        }
        boolean creates = (flags & OpenFlags.CREATE) != 0;
        if (planned == failure(Errno.EINVAL) && creates) {
            // As Linux does: the file is made before direct I/O is refused.
            real.close(real.open(path, flags & ~OpenFlags.ofThisMachine().direct(), mode));
        }
        return planned.intValue();
    }

    @Override
    public int close(int fd) {
        return real.close(fd);
    }

    @Override
    public long pread(int fd, long address, long lengthBytes, long offset) {
        Long planned = plannedReads.poll();
        return planned != null && planned < 0
                ? planned
                : real.pread(fd, address, planned == null ? lengthBytes : Math.min(planned, lengthBytes), offset);
    }

    /** A write cut short goes through a descriptor without O_DIRECT only where its length is a whole block. */
    @Override
    public long pwrite(int fd, long address, long lengthBytes, long offset) {
        writes.add(new Transfer(address, lengthBytes, offset));
        Long planned = plannedWrites.poll();
        if (planned == null) {
            return real.pwrite(fd, address, lengthBytes, offset);
        }
        long whole = planned < 0 ? 0 : Blocks.roundDown(planned, DirectBlockFile.MINIMUM_BLOCK_BYTES);
        if (whole > 0) {
            real.pwrite(fd, address, whole, offset);
        }
        return planned;
    }

    @Override
    public long lseek(int fd, long offset, int whence) {
        return real.lseek(fd, offset, whence);
    }

    @Override
    public int fdatasync(int fd) {
        syncs++;
        Long planned = plannedSyncs.poll();
        return planned == null ? real.fdatasync(fd) : planned.intValue();
    }

    @Override
    public int fsync(int fd) {
        return real.fsync(fd);
    }

    @Override
    public int ftruncate(int fd, long sizeBytes) {
        return real.ftruncate(fd, sizeBytes);
    }

    @Override
    public int posixFallocate(int fd, long offset, long lengthBytes) {
        Long planned = plannedAllocations.poll();
        return planned == null ? real.posixFallocate(fd, offset, lengthBytes) : planned.intValue();
    }

    @Override
    public int fcntl(int fd, int command, long argument) {
        return real.fcntl(fd, command, argument);
    }

    @Override
    public int statx(int directoryFd, byte[] path, int flags, int mask, long address) {
        return real.statx(directoryFd, path, flags, mask, address);
    }

    @Override
    public int fstatfs(int fd, long address) {
        return real.fstatfs(fd, address);
    }

    @Override
    public int nameToHandleAt(int directoryFd, byte[] path, long handleAddress, long mountIdAddress, int flags) {
        return real.nameToHandleAt(directoryFd, path, handleAddress, mountIdAddress, flags);
    }

    @Override
    public int inotifyInit(int flags) {
        return real.inotifyInit(flags);
    }

    @Override
    public int inotifyAddWatch(int fd, byte[] path, int mask) {
        return watchesGranted-- > 0 ? real.inotifyAddWatch(fd, path, mask) : (int) failure(Errno.ENOSPC);
    }

    @Override
    public int inotifyRemoveWatch(int fd, int watch) {
        return real.inotifyRemoveWatch(fd, watch);
    }

    @Override
    public long read(int fd, long address, long lengthBytes) {
        return real.read(fd, address, lengthBytes);
    }

    @Override
    public int resourceLimit(int resource, long newAddress, long oldAddress) {
        return real.resourceLimit(resource, newAddress, oldAddress);
    }

    @Override
    public long mapAnonymous(long lengthBytes) {
        return real.mapAnonymous(lengthBytes);
    }

    @Override
    public int munmap(long address, long lengthBytes) {
        return real.munmap(address, lengthBytes);
    }
}
