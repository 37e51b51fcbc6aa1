package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The status of a file from {@code statx(2)}: it has what Java's own file attributes lack, such as the birth time and
 * the alignment of direct I/O.
 *
 * <p>On overlayfs a file of a lower layer is copied at its first change: device and inode number stay, the birth time
 * becomes that of the copy.
 *
 * @param device number of the device, major number in the upper 32 bits, minor number in the lower
 * @param inode inode number on that device
 * @param birthTimeNanos when the inode was made, in nanoseconds since the epoch; 0 where the file system does not
 *     report it
 * @param birthTimeStays whether the file keeps the birth time for as long as it exists
 * @param modifiedTimeNanos when the content last changed, in nanoseconds since the epoch
 * @param sizeBytes length of the content
 * @param mode type and permission bits, as in {@code inode(7)}
 * @param attributes of the inode that are set, see {@link #isImmutable} and {@link #isAppendOnly}
 * @param hardLinks number of names; 0 if the last one was deleted
 * @param uid owner
 * @param gid group
 * @param directMemoryAlignBytes what the address of a buffer for direct I/O must be a multiple of; 0 unknown (kernels
 *     before 6.1, many file systems), -1 if the file system has no direct I/O for this file
 * @param directOffsetAlignBytes the same for offsets and lengths
 */
public record FileStatus(
        long device,
        long inode,
        long birthTimeNanos,
        boolean birthTimeStays,
        long modifiedTimeNanos,
        long sizeBytes,
        int mode,
        long attributes,
        int hardLinks,
        int uid,
        int gid,
        int directMemoryAlignBytes,
        int directOffsetAlignBytes) {
    private static final int TYPE_BITS = 0170000;
    private static final int TYPE_REGULAR = 0100000;
    private static final int TYPE_DIRECTORY = 0040000;
    private static final int TYPE_BLOCK_DEVICE = 0060000;
    private static final int TYPE_PIPE = 0010000;
    private static final int TYPE_SOCKET = 0140000;

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;

    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_DIOALIGN = 0x2000;
    private static final int STRUCT_BYTES = 256;

    private static final long STATX_ATTR_IMMUTABLE = 0x10;
    private static final long STATX_ATTR_APPEND = 0x20;

    /**
     * Status of the file that the path leads to, through symbolic links.
     *
     * @throws NoSuchFileException if there is no such file
     * @throws SystemCallException if the call fails
     */
    public static FileStatus of(Path path) throws IOException {
        return ofPath(path, 0);
    }

    /** Like {@link #of}, but if the last part of the path is a symbolic link, the status is that of the link. */
    public static FileStatus ofNoFollow(Path path) throws IOException {
        return ofPath(path, AT_SYMLINK_NOFOLLOW);
    }

    public boolean isRegularFile() {
        return (mode & TYPE_BITS) == TYPE_REGULAR;
    }

    public boolean isDirectory() {
        return (mode & TYPE_BITS) == TYPE_DIRECTORY;
    }

    public boolean isBlockDevice() {
        return (mode & TYPE_BITS) == TYPE_BLOCK_DEVICE;
    }

    public boolean isPipe() {
        return (mode & TYPE_BITS) == TYPE_PIPE;
    }

    /** True if nobody can change it ({@code chattr +i}). */
    public boolean isImmutable() {
        return (attributes & STATX_ATTR_IMMUTABLE) != 0;
    }

    /** True if it can be appended to alone ({@code chattr +a}). */
    public boolean isAppendOnly() {
        return (attributes & STATX_ATTR_APPEND) != 0;
    }

    public boolean isSocket() {
        return (mode & TYPE_BITS) == TYPE_SOCKET;
    }

    private static FileStatus ofPath(Path path, int flags) throws IOException {
        FileStatus status;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
            int result = new Libc().statx(AT_FDCWD, NativePath.withTerminator(path), flags, mask(), struct.address());
            if (Errno.ENOENT.is(result)) {
                throw new NoSuchFileException(NativePath.printable(path));
            }
            SystemCallException.check(result, "statx", path);
            status = decode(struct, true);
        }
        if (!status.isRegularFile() || status.isOnBlockDevice()) {
            return status;
        }
        // Further calls are needed, on the very same file.
        try (PinnedFile file = PinnedFile.of(path)) {
            return file.status();
        }
    }

    /** Not so are overlayfs, and all others whose device number is made up by the kernel. */
    private boolean isOnBlockDevice() {
        return device >>> 32 != 0;
    }

    /** Status of an open file; {@code path} is for messages. */
    static FileStatus ofOpen(SystemCalls calls, int fd, Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
            int result = calls.statx(fd, new byte[1], AT_EMPTY_PATH, mask(), struct.address());
            SystemCallException.check(result, "statx", path);
            FileStatus status = decode(struct, true);
            boolean stays = status.isOnBlockDevice()
                    || !FileSystemType.ofOpen(calls, fd).equals(FileSystemType.OVERLAY)
                    || OverlayHandle.ofOpen(calls, fd).isOfUpperLayerAlone(status.inode());
            return stays ? status : decode(struct, false);
        }
    }

    private static int mask() {
        return STATX_BASIC_STATS | STATX_BTIME | STATX_DIOALIGN;
    }

    /** Offsets as in {@code struct statx} of Linux {@code include/uapi/linux/stat.h}. */
    private static FileStatus decode(MemorySegment struct, boolean birthTimeStays) {
        int known = int32(struct, 0);
        boolean alignKnown = (known & STATX_DIOALIGN) != 0;
        return new FileStatus(
                Integer.toUnsignedLong(int32(struct, 136)) << 32 | Integer.toUnsignedLong(int32(struct, 140)),
                int64(struct, 32),
                (known & STATX_BTIME) == 0 ? 0 : nanos(struct, 80),
                birthTimeStays,
                nanos(struct, 112),
                int64(struct, 40),
                Short.toUnsignedInt(struct.get(ValueLayout.JAVA_SHORT, 28)),
                int64(struct, 8),
                int32(struct, 16),
                int32(struct, 20),
                int32(struct, 24),
                alignKnown ? noneIfZero(int32(struct, 152)) : 0,
                alignKnown ? noneIfZero(int32(struct, 156)) : 0);
    }

    private static int noneIfZero(int alignBytes) {
        return alignBytes == 0 ? -1 : alignBytes;
    }

    private static long nanos(MemorySegment struct, long offset) {
        return int64(struct, offset) * 1_000_000_000L + int32(struct, offset + 8);
    }

    private static int int32(MemorySegment struct, long offset) {
        return struct.get(ValueLayout.JAVA_INT, offset);
    }

    private static long int64(MemorySegment struct, long offset) {
        return struct.get(ValueLayout.JAVA_LONG, offset);
    }
}
