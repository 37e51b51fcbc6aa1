package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * What is known of the content of a followed file in one generation: whether it is text in UTF-16, and if so which of its
 * offsets are which among the decoded bytes. It outlives the open file, so that a file that is opened again is not decoded
 * from its start again. Of the bytes themselves nothing is kept. Thread-safe.
 */
public final class FollowedText {
    private static final int STEP_BYTES = 32 * 1024;
    private static final int HEAD_BYTES = 4;

    private final int generation;
    private volatile boolean isDecided;
    /** Null if it is no text in UTF-16, as far as is known. */
    private volatile Utf16Units units;

    private Utf16Places places;

    private FollowedText(int generation) {
        this.generation = generation;
    }

    /** Nothing is known of it. */
    public static FollowedText unknown() {
        return new FollowedText(0);
    }

    /** This one, if it is of that generation; else nothing is known. */
    FollowedText ofGeneration(int number) {
        return number == generation ? this : new FollowedText(number);
    }

    /** Whether it is known to be anything else than text in UTF-16. */
    boolean isAsItIs(LogFile file) throws IOException {
        decide(file);
        return isDecided && units == null;
    }

    /** How it is decoded; null if it is not, or not yet. */
    Utf16Units units() {
        return units;
    }

    /** Size of the decoded content: of what is new in the file since the last call it is counted, in one pass. */
    synchronized long sizeBytes(LogFile file) throws IOException {
        if (isAsItIs(file)) {
            return file.sizeBytes();
        }
        if (units == null) {
            return 0;
        }
        count(file, file.sizeBytes());
        return places.end().offset();
    }

    /** The last known place at or before an offset of the decoded bytes. */
    synchronized Utf16Places.Place before(long offset) {
        return places.before(offset);
    }

    /** A few bytes at the head may be a mark or the beginning of one; such a file has no content until that is known. */
    private void decide(LogFile file) throws IOException {
        if (!isDecided) {
            decideNow(file);
        }
    }

    private synchronized void decideNow(LogFile file) throws IOException {
        byte[] head = new byte[(int) Math.min(HEAD_BYTES, file.sizeBytes())];
        file.read(0, head, 0, head.length);
        if (!Utf16.isUndecided(head)) {
            if (new Utf16().isOf(file.path(), head)) {
                places = new Utf16Places(Utf16.MARK_BYTES);
                units = new Utf16Units(Utf16.isLittle(head));
            }
            isDecided = true;
        }
    }

    private void count(LogFile file, long fileSizeBytes) throws IOException {
        places.endAt(fileSizeBytes);
        long left = fileSizeBytes - places.end().fileOffset();
        byte[] step = left <= 0 ? new byte[0] : new byte[(int) Math.min(STEP_BYTES, left)];
        while (left > 0) {
            Utf16Places.Place end = places.end();
            int length = (int) Math.min(step.length, left);
            try {
                file.read(end.fileOffset(), step, 0, length);
            } catch (FileTruncatedException | ClosedChannelException endsEarlier) {
                return;
            }
            int complete = units.complete(step, length);
            if (complete == 0) {
                return;
            }
            places.reach(new Utf16Places.Place(
                    end.offset() + units.decodedLength(step, complete), end.fileOffset() + complete));
            left -= complete;
        }
    }
}
