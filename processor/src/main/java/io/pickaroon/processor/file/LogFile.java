package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A log file that is open. It stays the same file when it is renamed or deleted meanwhile.
 *
 * <p>Safe to share between threads. Closed after the last range mapped from it.
 */
public interface LogFile extends AutoCloseable {
    /**
     * Opens a regular file for reading.
     *
     * @throws IOException if it cannot be opened, or is no regular file
     */
    static LogFile open(Path path) throws IOException {
        return ChannelLogFile.open(path, Optional.empty());
    }

    /**
     * Opens a regular file for reading and for changes in place.
     *
     * @throws IOException as {@link #open}, if it may not be written, and, with the permission's message, if that refuses
     */
    static LogFile openForFixes(Path path, FixPermission permission) throws IOException {
        return ChannelLogFile.open(path, Optional.of(permission));
    }

    /**
     * Opens a regular file for reading, and refuses what {@link #openForFixes} refuses. What is written to it goes nowhere.
     *
     * @throws IOException as {@link #openForFixes}
     */
    static LogFile openForFixesUnwritten(Path path, FixPermission permission) throws IOException {
        return ChannelLogFile.open(path, Optional.of(permission), false);
    }

    /**
     * The same open file under another name and in another generation. Closing one closes both.
     *
     * @param path the name that {@link #path} gives from then on; the file may be elsewhere by now
     */
    LogFile knownAs(Path path, int generation);

    /** Absolute path under which the file is known, usually the one under which it was opened. */
    Path path();

    FileIdentity identity();

    /**
     * The text that ids of its matches are made of, instead of its identity: where several hosts read the same file, and each
     * knows another device and birth time.
     */
    default Optional<String> idText() {
        return Optional.empty();
    }

    /** Size of the file at this moment, in bytes; after {@link #close}, the last one that was read before. */
    long sizeBytes() throws IOException;

    /** The first byte that can still be read: after 0 only of a stream, which is forgotten as it is read. */
    default long firstOffset() {
        return 0;
    }

    /** Size of the stored file, as in {@link FileSighting#sizeBytes}; it differs from the size of decoded content. */
    default long storedBytes() throws IOException {
        return sizeBytes();
    }

    /** True if its bytes are decoded from those in the file; such a file is never changed. */
    default boolean isDecoded() {
        return false;
    }

    /**
     * Maps a range for reading.
     *
     * @param offset first byte, at least 0
     * @param endOffset exclusive end; the file must reach that far
     * @throws FileTruncatedException if the file is shorter than {@code endOffset}
     */
    MappedRange map(long offset, long endOffset) throws IOException;

    /**
     * Like {@link #map}, but may read where little of the range goes to arrays: mapping and unmapping costs more than
     * reading a few slices, and the JVM stops all threads for a moment when a mapping is closed. Bytes
     * for native memory are read straight into it.
     *
     * @param wantedBytes about how much of the range is going to be copied to arrays
     */
    default MappedRange range(long offset, long endOffset, long wantedBytes) throws IOException {
        return map(offset, endOffset);
    }

    /**
     * Reads bytes as they stand in the file now.
     *
     * @throws FileTruncatedException if the file ends before the range does
     */
    void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException;

    /** Like {@link #read(long, byte[], int, int)}, to fill a buffer of native memory. This one goes by way of the heap. */
    default void read(long offset, ByteBuffer target) throws IOException {
        byte[] step = new byte[Math.min(MappedRange.STEP_BYTES, target.remaining())];
        for (long next = offset; target.hasRemaining(); ) {
            int length = Math.min(step.length, target.remaining());
            read(next, step, 0, length);
            target.put(step, 0, length);
            next += length;
        }
    }

    /**
     * Reads as many of the bytes as there are, regardless of the size that the file reports.
     *
     * @return how many were read: fewer than wanted only at the end of the file
     */
    default int readUpTo(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        int length = Math.clamp(sizeBytes() - offset, 0, lengthBytes);
        read(offset, target, targetIndex, length);
        return length;
    }

    /** The first offset from here on that is not in a hole; this one if the file system does not report holes. */
    default long dataOffset(long offset) throws IOException {
        return offset;
    }

    /**
     * True if the file has the size that it reports. Files of the kernel report 0 ({@code /proc}) or a page ({@code
     * /sys}), and so do some in FUSE file systems, although more can be read from them.
     */
    default boolean hasTrueSize() throws IOException {
        return true;
    }

    /**
     * Returns this file. If it does not have {@link #hasTrueSize the size that it reports}, closes it and fails,
     * because no position in such a file can be kept.
     */
    default LogFile requireTrueSize() throws IOException {
        try {
            if (!hasTrueSize()) {
                throw new IOException(
                        "%s: reports %d bytes and has another size (a file of the kernel, or of a FUSE file system): no place in it can be kept; 'pickaroon scan' reads it"
                                .formatted(NativePath.printable(path()), sizeBytes()));
            }
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Overwrites bytes; durable after {@link #sync}. The caller makes sure that the file reaches that far, because a
     * write past the end makes a file grow.
     */
    void write(long offset, byte[] source, int sourceIndex, int lengthBytes) throws IOException;

    /**
     * Makes all writes durable. A failure is final: what the disk holds is unknown then, and a later sync may report
     * success wrongly.
     */
    void sync() throws IOException;

    /**
     * Takes another handle of the same file, under all its names, where the one that it has may have become stale: on a network
     * file system. Does nothing if another file is there.
     *
     * @param at where the file is now
     * @throws IOException if it cannot be opened there; the handle that it has is kept
     */
    default void reopen(Path at) throws IOException {}

    @Override
    void close() throws IOException;
}
