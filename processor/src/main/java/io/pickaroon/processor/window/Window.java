package io.pickaroon.processor.window;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;

/**
 * A stretch of a log file that is mapped, scanned, delivered, fixed and checkpointed as one. It owns the records that
 * start in it; the last of them may reach past its end.
 *
 * @param file the log file
 * @param start first byte, and whether a record starts there
 * @param endOffset exclusive end, greater than the start
 * @param limitOffset up to where bytes may be read as part of this window's records, at least {@code endOffset}; a
 *     record that no delimiter ends before it ends there
 * @param floorOffset a place at or before the start at which a record starts in any case: 0, or where reading began
 * @param holdsOpen in a container log, whether a record that may have more lines behind the limit is left for later, with all that
 *     start after it; or else the limit cuts it
 */
public record Window(
        LogFile file, Position start, long endOffset, long limitOffset, long floorOffset, boolean holdsOpen) {
    public Window {
        if (floorOffset < 0 || floorOffset > start.offset()) {
            throw new IllegalArgumentException(
                    "floor %d is not at or before the start %d".formatted(floorOffset, start.offset()));
        }
        if (start.offset() >= endOffset || endOffset > limitOffset) {
            throw new IllegalArgumentException("window [%d, %d) with limit %d is empty or passes its limit"
                    .formatted(start.offset(), endOffset, limitOffset));
        }
    }

    /** A window that is no matter of {@link #holdsOpen}. */
    public Window(LogFile file, Position start, long endOffset, long limitOffset, long floorOffset) {
        this(file, start, endOffset, limitOffset, floorOffset, false);
    }

    /** The floor of all windows of a reading that begins here. */
    static long floor(Position from) {
        return from.startsRecord() ? from.offset() : 0;
    }

    public long startOffset() {
        return start.offset();
    }

    /** Bytes from start to end. */
    public long lengthBytes() {
        return endOffset - start.offset();
    }

    @Override
    public String toString() {
        return "%s[%d, %d)".formatted(NativePath.printable(file.path()), startOffset(), endOffset);
    }
}
