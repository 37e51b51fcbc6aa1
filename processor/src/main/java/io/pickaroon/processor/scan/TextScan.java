package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.Window;
import java.io.IOException;

/**
 * The scan of a window of lines that hold nothing but text: finds its first record, has the rules walk over one region of records after the
 * other, and says where the next window starts. Used by one thread at a time.
 *
 * <p>Every byte is counted in exactly one window: a record counts whole where it starts. Of a record that is too long, the
 * window where it starts counts the head and what it holds of the rest, and each later window what it holds.
 */
final class TextScan implements WindowScan {
    private final Window window;
    private final ScanPart part;
    private final Workspace workspace;
    private final int maxRecordBytes;
    private final MappedRange range;
    private final RecordRegions regions;
    /** The last record in the window is too long and continues after it. */
    private boolean endsInOversizedRecord;
    /** The record that starts last, here or before, is ended by the limit. */
    private boolean reachesLimit;

    private boolean done;

    TextScan(Window window, ScanPart part) throws IOException {
        this.window = window;
        this.part = part;
        this.workspace = part.workspace();
        this.maxRecordBytes = workspace.maxRecordBytes;
        MemchrWorkspace memchr = workspace.beginWindow(window.lengthBytes());
        this.range = window.file()
                .range(
                        Math.max(0, window.startOffset() - workspace.reachBytes()),
                        Math.min(window.limitOffset(), window.endOffset() + workspace.reachBytes()),
                        memchr == null ? window.lengthBytes() : 0);
        this.regions = regions(memchr);
        try {
            regions.restart(firstRecord());
        } catch (IOException | RuntimeException e) {
            range.close();
            throw e;
        }
    }

    private RecordRegions regions(MemchrWorkspace memchr) {
        if (memchr != null) {
            return new MemchrRegions(window, part, range, memchr);
        }
        return workspace.startLines == null
                ? new LineRegions(window, part, range)
                : new MultilineRegions(window, part, range);
    }

    @Override
    public ScannedWindow next() throws IOException {
        if (done) {
            return null;
        }
        while (!part.isFull()) {
            if (!regions.hasRecords() && !nextRegion()) {
                return lastPart();
            }
            regions.scan();
        }
        return regions.nextRecord() >= window.endOffset()
                ? lastPart()
                : part.end(new Position(regions.nextRecord(), true));
    }

    private boolean nextRegion() throws IOException {
        RecordRegions.Found found = regions.read();
        while (found == RecordRegions.Found.OVERSIZED_RECORD) {
            oversizedRecord();
            found = regions.read();
        }
        reachesLimit |= found == RecordRegions.Found.RECORDS_TO_LIMIT;
        return found != RecordRegions.Found.NONE;
    }

    private ScannedWindow lastPart() throws IOException {
        done = true;
        if (reachesLimit) {
            // Once this window is passed, so is all of that record, and what is appended later is none of it.
            return part.end(new Position(window.limitOffset(), true));
        }
        boolean recordStartsAtEnd = window.endOffset() == window.limitOffset() && !endsInOversizedRecord;
        return part.end(new Position(window.endOffset(), recordStartsAtEnd));
    }

    /** Scans the head of the record at the start of the buffer, which is too long, and skips the rest. */
    private void oversizedRecord() throws IOException {
        long recordStart = regions.nextRecord();
        part.follows(0);
        workspace.rules.begin(workspace.bytes, maxRecordBytes);
        boolean isMatch = workspace.rules.nextCandidate(0) >= 0
                && part.addMatches(recordStart, 0, maxRecordBytes, ScanPart.HEAD_ONLY);
        long recordEnd = regions.skipOversizedRecord();
        endsInOversizedRecord = recordEnd < 0 && continuesAfterLimit();
        long countedEnd = Math.max(window.endOffset(), recordStart + maxRecordBytes);
        part.counter()
                .oversizedRecord(isMatch, (recordEnd < 0 ? countedEnd : Math.min(recordEnd, countedEnd)) - recordStart);
    }

    /** True if the window ends at the limit, and what is appended there belongs to the record that reaches it. */
    private boolean continuesAfterLimit() throws IOException {
        return window.endOffset() == window.limitOffset() && regions.isLastLineDecided();
    }

    /** Where the first record of the window starts; counts what comes before it, if no other window does. */
    private long firstRecord() throws IOException {
        Position start = window.start();
        long offset = start.offset();
        if (start.startsRecord() || offset == 0) {
            return offset;
        }
        long floor = window.floorOffset();
        long lowest = Math.max(floor, offset - maxRecordBytes - Delimiter.MAX_BYTES);
        long last = regions.lastStart(lowest, offset);
        // No delimiter begins before the floor.
        long found = last - workspace.delimiter.leadBytes() > floor ? last : -1;
        if (found == offset) {
            return offset;
        }
        boolean startIsKnown = found >= 0 || lowest == floor;
        long recordStart = Math.max(lowest, found);
        long longestEnd = recordStart + maxRecordBytes + Delimiter.MAX_BYTES + 1;
        long stop = Math.min(window.limitOffset(), Math.max(window.endOffset(), longestEnd));
        long recordEnd = regions.firstStart(recordStart, offset, stop);
        long leadEnd = recordEnd < 0 ? window.endOffset() : Math.min(recordEnd, window.endOffset());
        if (!startIsKnown || contentLength(recordStart, recordEnd < 0 ? stop : recordEnd) > maxRecordBytes) {
            long headEnd = startIsKnown ? recordStart + maxRecordBytes : offset;
            part.counter().restOfOversizedRecord(Math.max(0, leadEnd - Math.max(offset, headEnd)));
            endsInOversizedRecord = recordEnd < 0 && continuesAfterLimit();
        } else if (recordEnd < 0) {
            // All of the window was passed with the one that the record starts in.
            reachesLimit = true;
            part.startsAt(window.limitOffset());
        }
        return recordEnd < 0 ? window.endOffset() : recordEnd;
    }

    /** Length of the content of a record that ends there, or that reaches at least that far. */
    private long contentLength(long recordStart, long recordEnd) throws IOException {
        int tail = (int) Math.min(Delimiter.MAX_BYTES, recordEnd - recordStart);
        workspace.fill(range, recordEnd - tail, 0, tail);
        return recordEnd - recordStart - tail + workspace.format.contentEnd(workspace.bytes, 0, tail);
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public void close() {
        range.close();
    }
}
