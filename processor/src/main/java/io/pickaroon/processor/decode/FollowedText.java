package io.pickaroon.processor.decode;

import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What is known of the content of a followed file in one generation: whether it is text in UTF-16, and if so how its
 * offsets map to offsets of the decoded bytes. It outlives the open file, so that a file that is opened again is not
 * decoded from its start. It keeps no bytes, only a checksum of the last ones that were counted, because bytes that
 * were not emitted yet may be truncated and written anew in the same generation. Thread-safe.
 */
public final class FollowedText {
    private static final int STEP_BYTES = 32 * 1024;
    private static final int HEAD_BYTES = 4;
    private static final int CHECKED_BYTES = 1024;

    private final int generation;
    private volatile boolean isDecided;
    /** Null if it is no text in UTF-16, as far as is known. */
    private volatile Utf16Units units;

    private Utf16Places places = new Utf16Places(Utf16.MARK_BYTES);
    /** Of the file's bytes before the end of the places. */
    private long endChecksum;

    private FollowedText(int generation) {
        this.generation = generation;
    }

    /** Nothing is known of it. */
    public static FollowedText unknown() {
        return new FollowedText(0);
    }

    /** This one if it is of that generation; otherwise one that knows nothing. */
    FollowedText ofGeneration(int number) {
        return number == generation ? this : new FollowedText(number);
    }

    /** True if it is known not to be text in UTF-16. */
    boolean isAsItIs(LogFile file) throws IOException {
        if (!isDecided) {
            decide(file);
        }
        return isDecided && units == null;
    }

    /** How it is decoded; null if it is not, or not yet. */
    Utf16Units units() {
        return units;
    }

    /** Size of the decoded content. Counts the bytes that are new in the file since the last call, in one pass. */
    synchronized long sizeBytes(LogFile file) throws IOException {
        if (isAsItIs(file)) {
            return file.sizeBytes();
        }
        if (units == null) {
            return 0;
        }
        if (!count(file, file.sizeBytes())) {
            isDecided = false;
            units = null;
            places = new Utf16Places(Utf16.MARK_BYTES);
            endChecksum = 0;
            return sizeBytes(file);
        }
        return places.end().offset();
    }

    /** The last known place at or before an offset of the decoded bytes. */
    synchronized Utf16Places.Place before(long offset) {
        return places.before(offset);
    }

    /** A few bytes at the head may be a mark or the beginning of one; such a file has no content until that is known. */
    private synchronized void decide(LogFile file) throws IOException {
        byte[] head = new byte[(int) Math.min(HEAD_BYTES, file.sizeBytes())];
        file.read(0, head, 0, head.length);
        if (!Utf16.isUndecided(head)) {
            if (new Utf16().isOf(file.path(), head)) {
                units = new Utf16Units(Utf16.isLittle(head));
            }
            isDecided = true;
        }
    }

    /** Continues counting where the last call ended. Returns false if the counted bytes are gone. */
    private boolean count(LogFile file, long fileSizeBytes) throws IOException {
        if (fileSizeBytes < places.end().fileOffset()) {
            return false;
        }
        while (places.end().fileOffset() < fileSizeBytes) {
            Utf16Places.Place end = places.end();
            int before = (int) Math.min(CHECKED_BYTES, end.fileOffset() - Utf16.MARK_BYTES);
            int more = (int) Math.min(STEP_BYTES, fileSizeBytes - end.fileOffset());
            byte[] bytes = new byte[before + more];
            try {
                file.read(end.fileOffset() - before, bytes, 0, bytes.length);
            } catch (FileTruncatedException | ClosedChannelException endsEarlier) {
                return true;
            }
            if (checksum(bytes, 0, before) != endChecksum) {
                return false;
            }
            byte[] step = Arrays.copyOfRange(bytes, before, bytes.length);
            int complete = units.complete(step, more);
            if (complete == 0) {
                return true;
            }
            int decoded = units.decode(step, complete, new byte[Utf16Units.mostDecoded(complete)]);
            places.reach(new Utf16Places.Place(end.offset() + decoded, end.fileOffset() + complete));
            int counted = before + complete;
            endChecksum = checksum(bytes, Math.max(0, counted - CHECKED_BYTES), counted);
        }
        return true;
    }

    private static long checksum(byte[] bytes, int from, int to) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, to - from);
        return checksum.getValue();
    }
}
