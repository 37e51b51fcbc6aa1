package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.window.Window;
import java.io.IOException;

/**
 * The scan of one window, part by part: region by region of complete records is brought into the workspace's buffer, and
 * the rules walk over it. Used by one thread at a time.
 *
 * <p>Every byte is accounted for in exactly one window: a record counts whole where it starts. Of a record that is too
 * long, the window where it starts counts the head and what it holds of the rest, and each later window what it holds.
 */
abstract class RecordScan implements AutoCloseable {
    final Window window;
    final ScanPart part;
    final Workspace workspace;
    final RuleSearch search;
    final int maxRecordBytes;
    final MappedRange range;
    /** The last record in the window is too long, and goes on after it. */
    boolean endsInOversizedRecord;
    /** The record that starts last, here or before, is ended by the limit. */
    boolean reachesLimit;

    private boolean done;

    /** @param reachBytes how far before and after the window its first and last record may be looked at */
    RecordScan(Window window, ScanPart part, long reachBytes) throws IOException {
        this.window = window;
        this.part = part;
        this.workspace = part.workspace();
        this.search = workspace.rules;
        this.maxRecordBytes = workspace.maxRecordBytes;
        this.range = window.file()
                .range(
                        Math.max(0, window.startOffset() - reachBytes),
                        Math.min(window.limitOffset(), window.endOffset() + reachBytes),
                        window.endOffset() - window.startOffset());
    }

    /** Whether the region at hand has records that the rules have not seen. */
    abstract boolean hasRegion();

    /** Brings in the next region with records of this window. False if no further record starts in it. */
    abstract boolean nextRegion() throws IOException;

    /** Walks over the region, until the part is full. */
    abstract void scanRegion();

    /** Where the next record of the region starts, as an offset in the file. */
    abstract long nextRecord();

    /** The next part of the window, or null after the last. */
    final ScannedWindow next() throws IOException {
        if (done) {
            return null;
        }
        while (!part.isFull()) {
            if (!hasRegion() && !nextRegion()) {
                return lastPart();
            }
            scanRegion();
        }
        return nextRecord() >= window.endOffset() ? lastPart() : part.end(new Position(nextRecord(), true));
    }

    private ScannedWindow lastPart() {
        done = true;
        if (reachesLimit) {
            // Once this window is passed, so is all of that record, and what is appended later is none of it.
            return part.end(new Position(window.limitOffset(), true));
        }
        boolean recordStartsAtEnd = window.endOffset() == window.limitOffset() && !endsInOversizedRecord;
        return part.end(new Position(window.endOffset(), recordStartsAtEnd));
    }

    /** Looks at the head of the record at the start of the buffer, which is too long. True if a rule matches there. */
    final boolean matchesHead(long recordStart) {
        search.begin(workspace.bytes, maxRecordBytes);
        return search.nextCandidate(0) >= 0 && part.addMatches(recordStart, 0, maxRecordBytes, true);
    }

    /** @param recordEnd -1 if it is after the window */
    final void countOversizedRecord(boolean isMatch, long recordStart, long recordEnd) {
        long countedEnd = Math.max(window.endOffset(), recordStart + maxRecordBytes);
        part.counter()
                .oversizedRecord(isMatch, (recordEnd < 0 ? countedEnd : Math.min(recordEnd, countedEnd)) - recordStart);
    }

    /** Whether the last part has been made. */
    final boolean isDone() {
        return done;
    }

    final Workspace workspace() {
        return workspace;
    }

    @Override
    public final void close() {
        range.close();
    }
}
