package io.pickaroon.processor.window;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import reactor.core.publisher.Flux;

/**
 * How a file is cut into windows: at multiples of the window size, so that the cut does not depend on where reading
 * begins, and never past what may be read yet.
 *
 * @param windowBytes size of a window, at least 1
 * @param maxRecordBytes longest content of a record that is read whole, at least 1
 * @param delimiter what ends a record
 */
public record WindowPlan(int windowBytes, int maxRecordBytes, Delimiter delimiter) {
    public WindowPlan {
        if (windowBytes < 1 || maxRecordBytes < 1) {
            throw new IllegalArgumentException(
                    "windowBytes %d and maxRecordBytes %d must be at least 1".formatted(windowBytes, maxRecordBytes));
        }
    }

    /** The windows from a position up to a limit, made one by one as they are requested. */
    public Flux<Window> windows(LogFile file, Position from, long limitOffset) {
        return windows(file, from, Window.floor(from), limitOffset, limitOffset);
    }

    /**
     * The windows from a position up to an end, made one by one as they are requested.
     *
     * @param floorOffset the last place at or before the position at which a record is known to start, 0 if none is known
     * @param endOffset where the last window ends
     * @param limitOffset up to where records of these windows may reach, at least {@code endOffset}
     */
    public Flux<Window> windows(LogFile file, Position from, long floorOffset, long endOffset, long limitOffset) {
        return Flux.generate(() -> from, (start, sink) -> {
            if (start.offset() >= endOffset) {
                sink.complete();
                return start;
            }
            Window window = new Window(file, start, endOf(start.offset(), endOffset), limitOffset, floorOffset);
            sink.next(window);
            return new Position(window.endOffset(), false);
        });
    }

    private long endOf(long startOffset, long lastEndOffset) {
        long remaining = windowBytes - startOffset % windowBytes;
        return Math.min(lastEndOffset, startOffset + remaining);
    }

    /**
     * Up to where a growing file can be read without cutting a record that is still being written: the end of the last
     * complete record, or the end of the file where the record at its end is already too long to be read whole.
     *
     * @param from where reading would go on
     * @return an offset from {@code from} to the present size; {@code from} if nothing can be read yet
     */
    public long completeLimit(LogFile file, Position from) throws IOException {
        long sizeBytes = file.sizeBytes();
        long fromOffset = from.offset();
        if (sizeBytes <= fromOffset) {
            return fromOffset;
        }
        long lookBack = Math.min(sizeBytes - fromOffset, (long) maxRecordBytes + Delimiter.MAX_BYTES);
        long lowest = sizeBytes - lookBack;
        try (MappedRange range = file.map(Math.max(0, lowest - 1), sizeBytes)) {
            long recordEnd = RecordBoundary.lastBefore(range, lowest, sizeBytes, delimiter);
            if (recordEnd >= 0) {
                return recordEnd;
            }
        }
        return sizeBytes - fromOffset > (long) maxRecordBytes + 1 ? sizeBytes : fromOffset;
    }
}
