package io.pickaroon.processor.window;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;

/**
 * A stretch of a log file that is mapped, scanned, delivered, fixed and checkpointed as one. It owns the records that
 * start in it; the last of them may reach past its end.
 *
 * @param file the log file
 * @param start first byte, and whether a record starts there
 * @param endOffset exclusive end, greater than the start
 * @param limitOffset up to where bytes may be read as part of this window's records, at least {@code endOffset}; a record
 *     that no delimiter ends before it ends there
 */
public record Window(LogFile file, Position start, long endOffset, long limitOffset) {
    public Window {
        if (start.offset() >= endOffset || endOffset > limitOffset) {
            throw new IllegalArgumentException("window [%d, %d) with limit %d is empty or passes its limit"
                    .formatted(start.offset(), endOffset, limitOffset));
        }
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
        return "%s[%d, %d)".formatted(file.path(), startOffset(), endOffset);
    }
}
