package io.pickaroon.processor.audit;

import io.pickaroon.processor.directio.NativePath;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A place between two lines of a trail.
 *
 * @param file the trail; by the time at which it is read the place may be in a file to which that was rotated
 * @param offset in the file
 * @param hash of the line that ends there, as the next one has to say it
 */
public record TrailPlace(Path file, long offset, String hash) {
    private static final int HASH_BYTES = 32;

    public TrailPlace {
        if (offset < 0 || hash.length() != 2 * HASH_BYTES) {
            throw new IllegalArgumentException("no place of a trail: %d, %s".formatted(offset, hash));
        }
    }

    /** Bytes of {@code { offset 8 | hash 32 | pathBytes 2 | path }}, big endian. */
    public byte[] encoded() {
        byte[] path = NativePath.bytes(file);
        return ByteBuffer.allocate(Long.BYTES + HASH_BYTES + Short.BYTES + path.length)
                .putLong(offset)
                .put(HexFormat.of().parseHex(hash))
                .putShort((short) path.length)
                .put(path)
                .array();
    }

    /**
     * Reads what {@link #encoded} has written, and no more.
     *
     * @throws IllegalArgumentException or {@link BufferUnderflowException} if these are not the bytes of a place
     */
    public static TrailPlace decode(ByteBuffer from) {
        long offset = from.getLong();
        byte[] hash = new byte[HASH_BYTES];
        from.get(hash);
        byte[] path = new byte[Short.toUnsignedInt(from.getShort())];
        from.get(path);
        return new TrailPlace(NativePath.absolute(path), offset, HexFormat.of().formatHex(hash));
    }
}
