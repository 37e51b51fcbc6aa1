package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordBoundary;
import io.pickaroon.processor.window.Window;
import java.io.IOException;

/**
 * The regions of a window in which each line is a record: copies it slice by slice into the workspace's buffer, and lets
 * the rules walk over the complete records there. Used by one thread at a time.
 */
final class LineRegions implements RecordRegions {
    private static final int FIRST_LOOK_AHEAD_BYTES = 4 * 1024;

    private final Window window;
    private final ScanPart part;
    private final Workspace workspace;
    private final MappedRange range;
    private final Delimiter delimiter;

    /** Offset in the file of the buffer's first byte, and number of bytes in the buffer. */
    private long bufferOffset;

    private int filled;
    /** The buffer's bytes before this index hold no delimiter that was not dealt with. */
    private int searched;
    /** Complete records that wait for the rules are in {@code [regionStart, regionEnd)} of the buffer. */
    private int regionStart;

    private int regionEnd;
    private boolean regionIsUnterminated;
    /** Index after the delimiter of the record at the start of the buffer, which is too long; 0 if it is not there. */
    private int oversizedEnd;

    LineRegions(Window window, ScanPart part, MappedRange range) {
        this.window = window;
        this.part = part;
        this.workspace = part.workspace();
        this.range = range;
        this.delimiter = workspace.delimiter;
    }

    @Override
    public boolean hasRecords() {
        return regionStart < regionEnd;
    }

    @Override
    public long nextRecord() {
        return bufferOffset + regionStart;
    }

    @Override
    public Found read() throws IOException {
        discardRegion();
        int lookAhead = FIRST_LOOK_AHEAD_BYTES;
        while (bufferOffset < window.endOffset()) {
            int delimiterIndex = workspace.firstDelimiter(0, searched, filled);
            searched = filled;
            if (delimiterIndex >= 0
                    && delimiter.contentEnd(workspace.bytes, 0, delimiterIndex) <= workspace.maxRecordBytes) {
                boolean inWindow = bufferOffset + filled <= window.endOffset();
                return region(inWindow ? workspace.lastDelimiter(0, filled) + 1 : delimiterIndex + 1, false);
            }
            long fillOffset = bufferOffset + filled;
            boolean atLimit = fillOffset == window.limitOffset();
            if (delimiterIndex >= 0
                    || filled >= workspace.maxRecordBytes + delimiter.mostBytes()
                    || (atLimit && filled > workspace.maxRecordBytes)) {
                oversizedEnd = delimiterIndex + 1;
                return Found.OVERSIZED_RECORD;
            } else if (atLimit) {
                return region(filled, true);
            } else if (fillOffset < window.endOffset()) {
                fill(Math.min(workspace.sliceBytes, window.endOffset() - fillOffset));
            } else {
                fill(Math.min(lookAhead, range.endOffset() - fillOffset));
                lookAhead = Math.min(2 * lookAhead, workspace.sliceBytes);
            }
        }
        return Found.NONE;
    }

    private void discardRegion() {
        int left = filled - regionEnd;
        System.arraycopy(workspace.bytes, regionEnd, workspace.bytes, 0, left);
        int stillSearched = Math.max(0, searched - regionEnd);
        restart(bufferOffset + regionEnd);
        filled = left;
        searched = stillSearched;
    }

    @Override
    public void restart(long offset) {
        bufferOffset = offset;
        filled = 0;
        searched = 0;
        regionStart = 0;
        regionEnd = 0;
    }

    private void fill(long lengthBytes) throws IOException {
        workspace.fill(range, bufferOffset + filled, filled, (int) lengthBytes);
        filled += (int) lengthBytes;
    }

    private Found region(int end, boolean unterminated) {
        regionEnd = end;
        regionIsUnterminated = unterminated;
        workspace.rules.begin(workspace.bytes, end);
        return unterminated ? Found.RECORDS_TO_LIMIT : Found.RECORDS;
    }

    /** The hot loop: from candidate to candidate, the records between them untouched. */
    @Override
    public void scan() throws IOException {
        RuleSearch search = workspace.rules;
        byte[] bytes = workspace.bytes;
        boolean numbers = workspace.detail.numbersRecords();
        int from = regionStart;
        int counted = regionStart;
        int records = 0;
        while (regionStart < regionEnd && !part.isFull()) {
            int candidate = search.nextCandidate(regionStart);
            if (candidate < 0) {
                regionStart = regionEnd;
                break;
            }
            int start = Math.max(regionStart, workspace.lastDelimiter(regionStart, candidate) + 1);
            int lineFeed = workspace.firstDelimiter(start, candidate, regionEnd);
            int contentEnd = lineFeed < 0 ? regionEnd : delimiter.contentEnd(bytes, start, lineFeed);
            int next = lineFeed < 0 ? regionEnd : lineFeed + 1;
            if (numbers) {
                records += workspace.countDelimiters(counted, start);
                counted = start;
                part.follows(records);
            }
            if (part.addMatches(bufferOffset, start, contentEnd, next - contentEnd)) {
                part.counter().matchedRecord(next - start);
                records += workspace.countsAll ? 0 : 1;
            }
            regionStart = next;
        }
        records += workspace.countsAll ? countRecords(counted) : 0;
        part.counter().records(records, regionStart - from);
    }

    /** Number of records from there to the next one. */
    private int countRecords(int from) {
        boolean unterminated = regionIsUnterminated && regionStart == regionEnd;
        return workspace.countDelimiters(from, regionStart) + (unterminated ? 1 : 0);
    }

    @Override
    public long skipOversizedRecord() throws IOException {
        if (oversizedEnd > 0) {
            // What follows was read, but not yet searched.
            searched = oversizedEnd;
            regionStart = oversizedEnd;
            regionEnd = oversizedEnd;
            return nextRecord();
        }
        long recordEnd = firstStart(bufferOffset, bufferOffset + filled, window.endOffset());
        restart(recordEnd < 0 ? window.endOffset() : recordEnd);
        return recordEnd;
    }

    @Override
    public long lastStart(long lowest, long highest) throws IOException {
        return RecordBoundary.lastBefore(range, lowest, highest, delimiter);
    }

    @Override
    public long firstStart(long recordStart, long from, long stop) throws IOException {
        int lookAhead = FIRST_LOOK_AHEAD_BYTES;
        // Slices overlap, so that a delimiter of several bytes is seen whole.
        for (long next = from; next < stop; ) {
            long offset = Math.max(recordStart, next - delimiter.leadBytes());
            int lead = (int) (next - offset);
            int length = (int) Math.min(lead + lookAhead, stop - offset);
            workspace.fill(range, offset, 0, length);
            int delimiterIndex = workspace.firstDelimiter(0, lead, length);
            if (delimiterIndex >= 0) {
                return offset + delimiterIndex + 1;
            }
            next = offset + length;
            lookAhead = Math.min(2 * lookAhead, workspace.sliceBytes);
        }
        return -1;
    }

    /** Each line is a record, so none is judged. */
    @Override
    public boolean isLastLineDecided() {
        return true;
    }
}
