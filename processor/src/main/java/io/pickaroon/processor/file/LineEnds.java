package io.pickaroon.processor.file;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Where lines end in the last bytes before an offset of a file: shows whether the bytes that were read are still there,
 * or the file was truncated meanwhile and has grown past that offset again.
 *
 * <p>Not a checksum of the bytes themselves, because fixes change those, at once or much later; no fix makes, moves or
 * removes a line feed. Other content whose lines have the very same lengths all through these bytes is not told apart.
 *
 * @param lengthBytes number of bytes before the offset that were read, 0 to 4,096; 0 fits every file
 * @param checksum CRC-32C of the distances of their line feeds from the offset
 */
public record LineEnds(int lengthBytes, int checksum) {
    /** Number of bytes before an offset that are read, at most. */
    public static final int MOST_BYTES = 4096;

    /** Nothing is known. */
    public static final LineEnds UNKNOWN = new LineEnds(0, 0);

    public LineEnds {
        if (lengthBytes < 0 || lengthBytes > MOST_BYTES) {
            throw new IllegalArgumentException("lengthBytes " + lengthBytes + " is not from 0 to " + MOST_BYTES);
        }
    }

    /** Reads the file as it is now. Returns {@link #UNKNOWN} if it no longer reaches that far, or cannot be read. */
    public static LineEnds before(LogFile file, long offset) {
        try {
            return read(file, offset, (int) Math.min(MOST_BYTES, offset));
        } catch (IOException cannotTell) {
            return UNKNOWN;
        }
    }

    /**
     * Like {@link #before}, but fails where the file cannot be read: what is not known fits every file.
     *
     * @return {@link #UNKNOWN} if the file no longer reaches that far
     */
    public static LineEnds require(LogFile file, long offset) throws IOException {
        try {
            return read(file, offset, (int) Math.min(MOST_BYTES, offset));
        } catch (FileTruncatedException shorter) {
            return UNKNOWN;
        }
    }

    private static LineEnds read(LogFile file, long offset, int lengthBytes) throws IOException {
        byte[] bytes = new byte[lengthBytes];
        file.read(offset - lengthBytes, bytes, 0, lengthBytes);
        CRC32C crc = new CRC32C();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                int distance = bytes.length - i;
                crc.update(distance >>> 8);
                crc.update(distance);
            }
        }
        return new LineEnds(bytes.length, (int) crc.getValue());
    }

    /** True if lines still end at the same places before that offset of the file. */
    public boolean areStillIn(LogFile file, long offset) throws IOException {
        try {
            return lengthBytes == 0 || read(file, offset, lengthBytes).equals(this);
        } catch (FileTruncatedException shorter) {
            return false;
        }
    }
}
