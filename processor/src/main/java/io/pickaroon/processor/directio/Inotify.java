package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * {@code inotify(7)}: changes in directories, as the kernel reports them. A watch is on an inode, not on a name, and
 * has a number. Used by one thread at a time.
 *
 * <p>Java's own {@code WatchService} names a watch by the path that led to the directory once, and does not say why one
 * is refused.
 */
public final class Inotify implements AutoCloseable {
    /** Receives events. */
    public interface Listener {
        /** The content of a file in the directory has changed. */
        void written(int watch, byte[] name);

        /** A name was added to the directory. */
        void created(int watch, byte[] name);

        /** A name was removed from the directory. */
        void deleted(int watch, byte[] name);

        /**
         * Something in the directory was given another name, perhaps in another directory.
         *
         * @param cookie the same in both events of a rename; the other one comes only if both directories are watched
         */
        void renamedFrom(int watch, byte[] name, int cookie);

        /** The other end of a rename; a file that had the name before is replaced. */
        void renamedTo(int watch, byte[] name, int cookie);

        /** The directory itself was moved. */
        void moved(int watch);

        /** The directory was deleted, or its file system unmounted. The watch has ended. */
        void ended(int watch);

        /** Some events are lost. */
        void overflowed();
    }

    /** The user has reached a limit of the kernel. */
    public static final class LimitException extends IOException {
        private static final long serialVersionUID = 1L;

        private LimitException(String message) {
            super(message);
        }
    }

    /** What a watch is for. */
    public enum Interest {
        /** Names in the directory. */
        NAMES(CREATE | DELETE | MOVED_FROM | MOVED_TO | DELETE_SELF | MOVE_SELF | ONLY_DIRECTORIES | MASK_ADD),
        /** The content of the files, too. */
        NAMES_AND_CONTENT(MODIFY | NAMES.mask);

        private final int mask;

        Interest(int mask) {
            this.mask = mask;
        }
    }

    private static final int MODIFY = 0x2;
    private static final int MOVED_FROM = 0x40;
    private static final int MOVED_TO = 0x80;
    private static final int CREATE = 0x100;
    private static final int DELETE = 0x200;
    private static final int DELETE_SELF = 0x400;
    private static final int MOVE_SELF = 0x800;
    private static final int QUEUE_OVERFLOW = 0x4000;
    private static final int IGNORED = 0x8000;
    private static final int ONLY_DIRECTORIES = 0x1000000;
    private static final int MASK_ADD = 0x20000000;

    /** IN_CLOEXEC and IN_NONBLOCK, which are O_CLOEXEC and O_NONBLOCK. */
    private static final int INIT_FLAGS = 0x80000 | 0x800;

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int HEADER_BYTES = 16;

    private final SystemCalls calls;
    private final int fd;
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES, Long.BYTES);

    private Inotify(SystemCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /**
     * Opens an inotify instance.
     *
     * @throws IOException if the kernel refuses; the message says what to do
     */
    public static Inotify open() throws IOException {
        return open(new Libc());
    }

    static Inotify open(SystemCalls calls) throws IOException {
        int fd = calls.inotifyInit(INIT_FLAGS);
        if (Errno.EMFILE.is(fd)) {
            throw new LimitException("this user has reached the limit of inotify instances; raise"
                    + " fs.inotify.max_user_instances (sysctl)");
        }
        if (fd < 0) {
            throw new IOException("inotify: " + Errno.describe(-fd));
        }
        return new Inotify(calls, fd);
    }

    /**
     * Watches the directory that the path leads to now.
     *
     * @return the number of the watch; the same as before if that inode is watched already
     * @throws NoSuchFileException if there is nothing
     * @throws NotDirectoryException if it is no directory
     * @throws LimitException if there are too many watches
     * @throws IOException if it cannot be watched; the message says why, and what to do
     */
    public int watch(Path directory, Interest interest) throws IOException {
        int watch = calls.inotifyAddWatch(fd, NativePath.withTerminator(directory), interest.mask);
        if (watch >= 0) {
            return watch;
        }
        if (Errno.ENOENT.is(watch)) {
            throw new NoSuchFileException(NativePath.printable(directory));
        }
        if (Errno.ENOTDIR.is(watch)) {
            throw new NotDirectoryException(NativePath.printable(directory));
        }
        if (Errno.ENOSPC.is(watch)) {
            throw new LimitException("this user has reached the limit of inotify watches; raise"
                    + " fs.inotify.max_user_watches (sysctl)");
        }
        throw new IOException(Errno.explain(-watch));
    }

    /** Ends a watch. */
    public void unwatch(int watch) {
        calls.inotifyRemoveWatch(fd, watch);
    }

    /** Passes on all events since the last call. Returns at once. */
    public void poll(Listener listener) {
        long lengthBytes = calls.read(fd, buffer.address(), BUFFER_BYTES);
        while (lengthBytes > 0) {
            for (long offset = 0; offset < lengthBytes; ) {
                offset += tell(offset, listener);
            }
            lengthBytes = calls.read(fd, buffer.address(), BUFFER_BYTES);
        }
    }

    /** {@code struct inotify_event}: watch, mask, cookie, length of the name, the name with one NUL or more. */
    private int tell(long offset, Listener listener) {
        int watch = buffer.get(ValueLayout.JAVA_INT, offset);
        int mask = buffer.get(ValueLayout.JAVA_INT, offset + 4);
        int cookie = buffer.get(ValueLayout.JAVA_INT, offset + 8);
        int nameBytes = buffer.get(ValueLayout.JAVA_INT, offset + 12);
        if ((mask & QUEUE_OVERFLOW) != 0) {
            listener.overflowed();
        } else if ((mask & IGNORED) != 0) {
            listener.ended(watch);
        } else if ((mask & (MOVE_SELF | DELETE_SELF)) != 0) {
            listener.moved(watch);
        } else if ((mask & MODIFY) != 0) {
            listener.written(watch, name(offset, nameBytes));
        } else if (nameBytes > 0) {
            tellName(watch, mask, cookie, name(offset, nameBytes), listener);
        }
        return HEADER_BYTES + nameBytes;
    }

    private static void tellName(int watch, int mask, int cookie, byte[] name, Listener listener) {
        if ((mask & MOVED_FROM) != 0) {
            listener.renamedFrom(watch, name, cookie);
        } else if ((mask & MOVED_TO) != 0) {
            listener.renamedTo(watch, name, cookie);
        } else if ((mask & DELETE) != 0) {
            listener.deleted(watch, name);
        } else {
            listener.created(watch, name);
        }
    }

    private byte[] name(long offset, int nameBytes) {
        byte[] padded = buffer.asSlice(offset + HEADER_BYTES, nameBytes).toArray(ValueLayout.JAVA_BYTE);
        int end = 0;
        while (end < padded.length && padded[end] != 0) {
            end++;
        }
        return Arrays.copyOf(padded, end);
    }

    @Override
    public void close() {
        calls.close(fd);
    }
}
