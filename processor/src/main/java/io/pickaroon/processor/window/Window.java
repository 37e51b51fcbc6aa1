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
 */
public record Window(LogFile file, Position start, long endOffset, long limitOffset, long floorOffset) {
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
