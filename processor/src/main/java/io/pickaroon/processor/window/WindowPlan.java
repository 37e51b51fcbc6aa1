package io.pickaroon.processor.window;

import io.pickaroon.processor.container.HeldRecord;
import io.pickaroon.processor.container.RecordReader;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/**
 * How a file is cut into windows: at multiples of the window size, so that the cut does not depend on where reading
 * begins, and never past what may be read yet.
 *
 * @param windowBytes size of a window, at least 1
 * @param format what a record is
 */
public record WindowPlan(int windowBytes, RecordFormat format) {
    public WindowPlan {
        Objects.requireNonNull(format, "format");
        if (windowBytes < 1) {
            throw new IllegalArgumentException("windowBytes %d must be at least 1".formatted(windowBytes));
        }
    }

    /** Each line is a record. */
    public WindowPlan(int windowBytes, int maxRecordBytes, Delimiter delimiter) {
        this(windowBytes, new RecordFormat(delimiter, maxRecordBytes));
    }

    /** Longest content of a record that is read whole. */
    public int maxRecordBytes() {
        return format.maxRecordBytes();
    }

    /** What ends a line. */
    public Delimiter delimiter() {
        return format.delimiter();
    }

    /** All windows of a file as long as it is now, made one by one as they are requested. */
    public Flux<Window> windows(LogFile file) throws IOException {
        long offset = ContentStart.offset(file, delimiter(), false);
        return offset < 0 ? Flux.empty() : windows(file, new Position(offset, true), file.sizeBytes());
    }

    /** The window of a file that is not longer than a window now; empty if there is nothing to read in it. */
    public Optional<Window> onlyWindow(LogFile file) throws IOException {
        long endOffset = file.sizeBytes();
        long offset = ContentStart.offset(file, delimiter(), false);
        if (offset < 0 || offset >= endOffset) {
            return Optional.empty();
        }
        Position start = new Position(offset, true);
        return Optional.of(new Window(file, start, endOffset, endOffset, Window.floor(start)));
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

    /**
     * The windows of a container log, of which each begins where the scan of the one before has ended: made one by one as they are
     * requested, when that is scanned. They end where a record is held, too.
     *
     * @param reached where the scan has ended
     * @param endOffset where the last window ends
     * @param limitOffset up to where records of these windows may reach, at least {@code endOffset}
     * @param holdsOpen see {@link Window#holdsOpen}
     */
    public Flux<Window> inTurn(
            LogFile file, Supplier<Position> reached, long endOffset, long limitOffset, boolean holdsOpen) {
        return Flux.generate(() -> 0L, (lastEnd, sink) -> {
            Position start = reached.get();
            long end = endOf(start.offset(), endOffset);
            if (start.offset() < lastEnd || start.offset() >= endOffset) {
                sink.complete();
            } else {
                sink.next(new Window(file, start, end, limitOffset, start.offset(), holdsOpen));
            }
            return end;
        });
    }

    private long endOf(long startOffset, long lastEndOffset) {
        long remaining = windowBytes - startOffset % windowBytes;
        return Math.min(lastEndOffset, startOffset + remaining);
    }

    /**
     * Up to where a growing file can be read.
     *
     * @param recordsOffset without cutting a record that is still being written: the end of the last complete record, or
     *     further where the record at the end is already too long to be read whole
     * @param linesOffset without cutting a line that is still being written, at least {@code recordsOffset}
     * @param held in a container log, the record at {@code recordsOffset}, of which more lines may come
     */
    public record Complete(long recordsOffset, long linesOffset, Optional<HeldRecord> held) {
        private Complete(long offset) {
            this(offset, offset);
        }

        private Complete(long recordsOffset, long linesOffset) {
            this(recordsOffset, linesOffset, Optional.empty());
        }
    }

    /** Up to where a growing file can be read of which nothing was held, or whose content may be another one. */
    public Complete complete(LogFile file, Position from) throws IOException {
        return complete(file, from, Optional.empty());
    }

    /**
     * Up to where a growing file can be read.
     *
     * @param from where reading would go on
     * @param held what was held at the last time
     * @return offsets from {@code from} to the present size; {@code from} if nothing can be read yet
     */
    public Complete complete(LogFile file, Position from, Optional<HeldRecord> held) throws IOException {
        long sizeBytes = file.sizeBytes();
        long fromOffset = from.offset();
        if (sizeBytes <= fromOffset) {
            return new Complete(fromOffset);
        }
        if (format.container().isPresent()) {
            return completeInContainer(file, from, held, sizeBytes);
        }
        long lookBack = Math.min(sizeBytes - fromOffset, (long) maxRecordBytes() + Delimiter.MAX_BYTES);
        long lowest = sizeBytes - lookBack;
        long lineEnd;
        long lead =
                from.startsRecord() && lowest == fromOffset ? 0 : delimiter().leadBytes();
        try (MappedRange range = file.map(Math.max(0, lowest - lead), sizeBytes)) {
            lineEnd = RecordBoundary.lastBefore(range, lowest, sizeBytes, delimiter());
        }
        boolean isLine = format.starts().isEmpty();
        if (lineEnd < 0) {
            // Where lines are judged, one must be long enough for that.
            long tooLong = (long) maxRecordBytes() + (isLine ? delimiter().mostBytes() : Delimiter.MAX_BYTES);
            return new Complete(sizeBytes - fromOffset >= tooLong ? sizeBytes : fromOffset);
        }
        return isLine
                ? new Complete(lineEnd)
                : new Complete(
                        lastStart(file, fromOffset, lineEnd, format.starts().get()), lineEnd);
    }

    /** Whether the next record is complete; the scan finds out about those behind it. What was looked at before is not read again. */
    private Complete completeInContainer(LogFile file, Position from, Optional<HeldRecord> held, long sizeBytes)
            throws IOException {
        Optional<HeldRecord> before = held.filter(record -> record.lookedTo() <= sizeBytes
                && record.isAt(from.offset())
                && record.at().streams().equals(from.streams()));
        long lowest = before.map(HeldRecord::lookedTo).orElse(from.offset());
        long linesOffset;
        try (MappedRange range = file.map(lowest, sizeBytes)) {
            linesOffset = RecordBoundary.lastBefore(range, lowest, sizeBytes, delimiter());
        }
        if (before.isPresent()) {
            long limit = Math.max(linesOffset, lowest);
            Optional<HeldRecord> still = format.newReader().lookOn(file, before.get(), limit);
            return still.isPresent() ? new Complete(from.offset(), limit, still) : new Complete(limit);
        } else if (linesOffset < 0) {
            return new Complete(from.offset());
        }
        RecordReader reader = format.newReader();
        reader.begin(file, from, linesOffset, true);
        boolean isComplete = reader.next(linesOffset) || reader.position().offset() >= linesOffset;
        return isComplete
                ? new Complete(linesOffset)
                : new Complete(reader.position().offset(), linesOffset, Optional.of(reader.held()));
    }

    /** Start of the last record, whose end is unknown until another line follows. */
    private long lastStart(LogFile file, long fromOffset, long lineEnd, RecordStarts starts) throws IOException {
        long longest = (long) maxRecordBytes() + Delimiter.MAX_BYTES;
        long lowest = Math.max(fromOffset, lineEnd - longest - 1);
        try (MappedRange range = file.map(Math.max(0, lowest - Delimiter.MAX_BYTES), lineEnd)) {
            long start = new StartLines(starts, format).lastAtOrBefore(range, lowest, lineEnd - 1);
            if (start >= 0) {
                return start;
            }
        }
        return lineEnd - fromOffset > longest ? lineEnd : fromOffset;
    }
}
