package io.pickaroon.processor.directio;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Arithmetic on block sizes, which are powers of two, and the checksum of what stands in blocks. */
public final class Blocks {
    private Blocks() {}

    public static long roundUp(long value, int blockBytes) {
        return Math.addExact(value, blockBytes - 1L) & -blockBytes;
    }

    static long roundDown(long value, int blockBytes) {
        return value & -blockBytes;
    }

    static boolean isMultiple(long value, int blockBytes) {
        return (value & (blockBytes - 1L)) == 0;
    }

    /** CRC-32C of the bytes from index 0 up to an end, without the four at which the checksum itself stands. */
    public static int checksum(ByteBuffer bytes, int checksumAt, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, checksumAt));
        crc.update(bytes.slice(checksumAt + Integer.BYTES, end - checksumAt - Integer.BYTES));
        return (int) crc.getValue();
    }
}
