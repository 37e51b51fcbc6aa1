package io.pickaroon.processor.directio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The file handle that overlayfs gives for a file: it holds the handle of the real file, and says in which layer that is.
 *
 * <p>The layout is that of {@code struct ovl_fh} in Linux {@code fs/overlayfs/overlayfs.h}, with the handle of the real file
 * system behind it:
 *
 * <pre>{@code
 * 0  3 bytes of padding | 3 version | 4 magic 0xfb | 5 length | 6 flags | 7 type | 8 UUID, 16 bytes | 24 the real handle
 * }</pre>
 *
 * <p>Kernels before 6.6, and layers without handles, give none: then nothing is known.
 */
record OverlayHandle(int type, byte[] bytes) {
    private static final OverlayHandle UNKNOWN = new OverlayHandle(0, new byte[0]);

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_HANDLE_FID = 0x200;
    private static final int HEADER_BYTES = 8;
    private static final int MOST_BYTES = 128;

    private static final int OVERLAY_TYPE = 0xf8;
    private static final int MAGIC = 0xfb;
    private static final int IN_UPPER_LAYER = 0x4;
    private static final int REAL_OFFSET = 24;

    static OverlayHandle ofOpen(SystemCalls calls, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(HEADER_BYTES + MOST_BYTES, Long.BYTES);
            MemorySegment mountId = arena.allocate(Long.BYTES, Long.BYTES);
            handle.set(ValueLayout.JAVA_INT, 0, MOST_BYTES);
            int flags = AT_EMPTY_PATH | AT_HANDLE_FID;
            if (calls.nameToHandleAt(fd, new byte[1], handle.address(), mountId.address(), flags) < 0) {
                return UNKNOWN;
            }
            byte[] bytes = new byte[Math.clamp(handle.get(ValueLayout.JAVA_INT, 0), 0, MOST_BYTES)];
            MemorySegment.copy(handle, ValueLayout.JAVA_BYTE, HEADER_BYTES, bytes, 0, bytes.length);
            return new OverlayHandle(handle.get(ValueLayout.JAVA_INT, 4), bytes);
        }
    }

    /**
     * True if the file was made in the upper layer: it is never copied, and its times are its own. A file that was copied up
     * keeps the inode number that it had in the lower layer, which is not the copy's.
     *
     * @param inode the number that overlayfs gives
     * @return false if it cannot be told
     */
    boolean isOfUpperLayerAlone(long inode) {
        return type == OVERLAY_TYPE
                && bytes.length > REAL_OFFSET
                && (bytes[4] & 0xff) == MAGIC
                && (bytes[6] & IN_UPPER_LAYER) != 0
                && realInode() == inode;
    }

    /** By {@code enum fid_type} of {@code include/linux/exportfs.h}; -1 if the real file system has a type of its own. */
    private long realInode() {
        int lengthBytes = (bytes[5] & 0xff) - (REAL_OFFSET - 3);
        return switch (bytes[7] & 0xff) {
            // ext4 and most others: number, generation. tmpfs: generation, both halves of the number.
            case 0x01 -> lengthBytes == 8 ? int32(0) : lengthBytes == 12 ? int32(4) | int32(8) << 32 : -1;
            // Btrfs: number, root, generation. XFS: number, generation.
            case 0x4d, 0x81 -> lengthBytes >= 12 ? int32(0) | int32(4) << 32 : -1;
            default -> -1;
        };
    }

    private long int32(int offset) {
        ByteBuffer handle = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int from = REAL_OFFSET + offset;
        return from + 4 > bytes.length ? -1 : Integer.toUnsignedLong(handle.getInt(from));
    }
}
