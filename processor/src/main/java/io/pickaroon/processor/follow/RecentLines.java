package io.pickaroon.processor.follow;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last lines that were read of a file, as they were then and as fixes leave them; in memory only. Where
 * {@link io.pickaroon.processor.file.LineEnds} cannot tell, because lines are as long as they were, these do: as long as
 * one of them stands where it stood, it is the same file.
 */
record RecentLines(long startOffset, byte[] asRead, byte[] asFixed) {
    private static final int MOST_BYTES = 1024;

    /** Nothing is known. */
    static final RecentLines UNKNOWN = new RecentLines(0, new byte[0], new byte[0]);

    /**
     * The lines before an offset that begin in the window that ends there: the edits of others are not known.
     *
     * @param last that window, whose edits may already be made or not
     */
    static RecentLines before(LogFile file, long offset, ScannedWindow last) throws IOException {
        int most = (int) Math.min(MOST_BYTES, offset - last.startOffset());
        int lead = offset == most ? 0 : 1;
        byte[] bytes = new byte[lead + most];
        file.read(offset - bytes.length, bytes, 0, bytes.length);
        int from = 0;
        while (lead > 0 && from < bytes.length && bytes[from++] != '\n') {
            continue;
        }
        byte[] asRead = Arrays.copyOfRange(bytes, from, bytes.length);
        long startOffset = offset - asRead.length;
        byte[] asFixed = asRead.clone();
        EditBatch edits = last.edits();
        for (int edit = edits.size() - 1; edit >= 0 && edits.offset(edit) + edits.length(edit) > startOffset; edit--) {
            int skipped = (int) Math.max(0, startOffset - edits.offset(edit));
            int at = (int) (edits.offset(edit) + skipped - startOffset);
            int edited = Math.min(edits.length(edit) - skipped, asRead.length - at);
            if (edited <= 0) {
                continue;
            }
            System.arraycopy(edits.array(), edits.oldStart(edit) + skipped, asRead, at, edited);
            System.arraycopy(edits.array(), edits.newStart(edit) + skipped, asFixed, at, edited);
        }
        return new RecentLines(startOffset, asRead, asFixed);
    }

    /** These, behind earlier ones that end where these begin: as many lines as are remembered. */
    RecentLines behind(RecentLines earlier) {
        if (earlier.startOffset + earlier.asRead.length != startOffset) {
            return this;
        }
        int from = Math.max(0, earlier.asRead.length + asRead.length - MOST_BYTES);
        while (from > 0 && from < earlier.asRead.length && earlier.asRead[from - 1] != '\n') {
            from++;
        }
        return from >= earlier.asRead.length
                ? this
                : new RecentLines(
                        earlier.startOffset + from,
                        joined(earlier.asRead, from, asRead),
                        joined(earlier.asFixed, from, asFixed));
    }

    private static byte[] joined(byte[] first, int from, byte[] second) {
        byte[] both = Arrays.copyOfRange(first, from, first.length + second.length);
        System.arraycopy(second, 0, both, first.length - from, second.length);
        return both;
    }

    /** Whether one of them, at least, is still there. The file reaches that far. */
    boolean areStillIn(LogFile file) throws IOException {
        byte[] now = new byte[asRead.length];
        file.read(startOffset, now, 0, now.length);
        boolean nothingSaid = true;
        for (int end = now.length; end > 0; ) {
            int start = end - 1;
            while (start > 0 && asRead[start - 1] != '\n') {
                start--;
            }
            boolean saysSomething = end - start > 1;
            if (saysSomething && (isSame(now, asRead, start, end) || isSame(now, asFixed, start, end))) {
                return true;
            }
            nothingSaid &= !saysSomething;
            end = start;
        }
        return nothingSaid;
    }

    private static boolean isSame(byte[] now, byte[] before, int start, int end) {
        return Arrays.equals(now, start, end, before, start, end);
    }
}
