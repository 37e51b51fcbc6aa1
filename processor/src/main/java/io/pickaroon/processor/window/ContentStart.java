package io.pickaroon.processor.window;

import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where the first record of a file starts: at its first byte, but for two things that belong to no record. One is a byte
 * order mark in UTF-8. The other is the NUL bytes that stand before the next line after a truncation, if the writer does not
 * append but goes on at its old place. Where a delimiter has a NUL, NULs are content.
 *
 * <p>Decided once for each generation of a file, when reading of it begins.
 */
public final class ContentStart {
    /**
     * So many NULs at the start of a file are taken for what a truncation has left, even if no truncation was seen. Fewer may
     * be a record's own.
     */
    public static final int LEAST_NULS = 16;

    /** A byte order mark has so many bytes. */
    public static final int MARK_BYTES = 3;

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int STEP_BYTES = 64 * 1024;

    private ContentStart() {}

    /** Like the other one; whether this generation began with a truncation, the identity of the file tells. */
    public static long offset(LogFile file, Delimiter delimiter) throws IOException {
        // A stream has no identity, and no generations.
        boolean wasTruncated =
                !(file instanceof StreamedFile) && file.identity().generation() > 0;
        return offset(file, delimiter, wasTruncated);
    }

    /**
     * Reads the start of a file. Memory is bounded: holes are passed, and other NULs are read in steps.
     *
     * @param wasTruncated whether this generation is known to have begun with a truncation: then every NUL counts
     * @return offset of the first byte that can belong to a record; -1 if there are NULs only, so far
     * @throws IOException if the file cannot be read
     */
    public static long offset(LogFile file, Delimiter delimiter, boolean wasTruncated) throws IOException {
        byte[] head = new byte[LEAST_NULS];
        int length = read(file, 0, head);
        if (length >= MARK_BYTES && isMark(head)) {
            return MARK_BYTES;
        }
        int nuls = nuls(head, length);
        if (nuls == 0 || delimiter.contains((byte) 0) || nuls < LEAST_NULS && !wasTruncated) {
            return 0;
        }
        return nuls < length ? nuls : endOfNuls(file, nuls);
    }

    /** True if these bytes begin with the mark. */
    static boolean isMark(byte[] head) {
        return Arrays.equals(head, 0, MARK_BYTES, MARK, 0, MARK_BYTES);
    }

    private static long endOfNuls(LogFile file, long from) throws IOException {
        byte[] step = new byte[STEP_BYTES];
        long offset = from;
        while (true) {
            offset = file.dataOffset(offset);
            int length = read(file, offset, step);
            int nuls = nuls(step, length);
            if (nuls < length) {
                return offset + nuls;
            }
            if (length == 0) {
                return -1;
            }
            offset += length;
        }
    }

    private static int nuls(byte[] bytes, int length) {
        int nuls = 0;
        while (nuls < length && bytes[nuls] == 0) {
            nuls++;
        }
        return nuls;
    }

    private static int read(LogFile file, long offset, byte[] target) throws IOException {
        if (file instanceof DecodedFile decoded) {
            decode(decoded, offset, target.length);
        }
        return file.readUpTo(offset, target, 0, target.length);
    }

    /** Where the content is damaged, the windows up to there end with saying so. */
    private static void decode(DecodedFile file, long offset, int lengthBytes) {
        try {
            file.decodeTo(offset + lengthBytes, offset);
        } catch (IOException damaged) {
            return;
        }
    }
}
