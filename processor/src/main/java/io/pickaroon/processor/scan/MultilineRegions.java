package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.StartLines;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.util.Arrays;

/**
 * The regions of a window in which records have several lines: judges each line, and lets the rules walk over the complete
 * records. Used by one thread at a time.
 */
final class MultilineRegions implements RecordRegions {
    private static final int FIRST_LOOK_AHEAD_BYTES = 8 * 1024;

    private final Window window;
    private final ScanPart part;
    private final Workspace workspace;
    private final MappedRange range;
    private final StartLines lines;

    /** Offset in the file of the buffer's first byte, where a record starts, and number of bytes in the buffer. */
    private long bufferOffset;

    private int filled;
    /** Where records are known to start in the buffer. */
    private int[] starts = new int[64];

    private int startCount;
    /** Start of the last line that is judged, and from where on its end is searched for. */
    private int line;

    private int searched;
    /** Start of the line after it, which is not judged; -1 if its end was not found. */
    private int nextLine;

    /** The region: records that wait for the rules are from {@code regionRecord} to {@code regionRecords} of the starts. */
    private int regionRecord;

    private int regionRecords;

    MultilineRegions(Window window, ScanPart part, MappedRange range) {
        this.window = window;
        this.part = part;
        this.workspace = part.workspace();
        this.range = range;
        this.lines = workspace.startLines;
    }

    @Override
    public boolean hasRecords() {
        return regionRecord < regionRecords;
    }

    @Override
    public long nextRecord() {
        return bufferOffset + starts[regionRecord];
    }

    @Override
    public Found read() throws IOException {
        discard(starts[regionRecords]);
        int lookAhead = FIRST_LOOK_AHEAD_BYTES;
        while (bufferOffset < window.endOffset()) {
            long fillOffset = bufferOffset + filled;
            boolean atLimit = fillOffset == window.limitOffset();
            judgeLines(atLimit);
            if (startCount > 1 ? isOversized(starts[1]) : isOversizedInAnyCase() || atLimit && isOversized(filled)) {
                return Found.OVERSIZED_RECORD;
            } else if (startCount > 1) {
                beginRegion();
                return Found.RECORDS;
            } else if (atLimit) {
                addStart(filled);
                beginRegion();
                return Found.RECORDS_TO_LIMIT;
            } else if (fillOffset < window.endOffset()) {
                fill(Math.min(workspace.sliceBytes, window.endOffset() - fillOffset));
            } else {
                fill(Math.min(lookAhead, range.endOffset() - fillOffset));
                lookAhead = Math.min(2 * lookAhead, workspace.sliceBytes);
            }
        }
        return Found.NONE;
    }

    /** Judges the lines in the buffer, up to the first that starts a record after the window. */
    private void judgeLines(boolean atLimit) {
        while (bufferOffset + starts[startCount - 1] < window.endOffset()) {
            if (nextLine < 0) {
                int lineEnd = workspace.firstDelimiter(line, searched, filled);
                searched = filled;
                if (lineEnd < 0) {
                    return;
                }
                nextLine = lineEnd + 1;
            }
            int seen = Math.min(filled, nextLine + lines.lookAheadBytes());
            int lineEnd = workspace.firstDelimiter(nextLine, nextLine, seen);
            boolean isKnown = lineEnd >= 0 || seen == nextLine + lines.lookAheadBytes();
            if (seen == nextLine || !isKnown && !atLimit) {
                return;
            }
            if (lines.isStart(workspace.bytes, nextLine, lineEnd, seen)) {
                addStart(nextLine);
            }
            line = nextLine;
            searched = lineEnd < 0 ? seen : lineEnd;
            nextLine = -1;
        }
    }

    private void addStart(int index) {
        if (startCount == starts.length) {
            starts = Arrays.copyOf(starts, 2 * startCount);
        }
        starts[startCount++] = index;
    }

    /** True if the first record in the buffer, which ends there, is too long. */
    private boolean isOversized(int end) {
        return workspace.format.contentEnd(workspace.bytes, 0, end) > workspace.maxRecordBytes;
    }

    private boolean isOversizedInAnyCase() {
        return (nextLine < 0 ? filled : nextLine) > workspace.maxRecordBytes + Delimiter.MAX_BYTES;
    }

    /** The records that are complete, up to the first that is too long. */
    private void beginRegion() {
        regionRecord = 0;
        regionRecords = 1;
        while (regionRecords + 1 < startCount
                && bufferOffset + starts[regionRecords] < window.endOffset()
                && contentLength(regionRecords) <= workspace.maxRecordBytes) {
            regionRecords++;
        }
        workspace.rules.begin(workspace.bytes, starts[regionRecords]);
    }

    private int contentEnd(int record) {
        return workspace.format.contentEnd(workspace.bytes, starts[record], starts[record + 1]);
    }

    private int contentLength(int record) {
        return contentEnd(record) - starts[record];
    }

    @Override
    public void scan() throws IOException {
        RuleSearch search = workspace.rules;
        int first = regionRecord;
        while (regionRecord < regionRecords && !part.isFull()) {
            int candidate = search.nextCandidate(starts[regionRecord]);
            if (candidate < 0) {
                regionRecord = regionRecords;
                break;
            }
            while (starts[regionRecord + 1] <= candidate) {
                regionRecord++;
            }
            if (part.addMatches(bufferOffset, starts[regionRecord], contentEnd(regionRecord), 0)) {
                part.counter().matchedRecord(starts[regionRecord + 1] - starts[regionRecord]);
            }
            regionRecord++;
        }
        part.counter().records(regionRecord - first, starts[regionRecord] - starts[first]);
    }

    private void fill(long lengthBytes) throws IOException {
        workspace.fill(range, bufferOffset + filled, filled, (int) lengthBytes);
        filled += (int) lengthBytes;
    }

    /** Forgets the buffer's bytes before an index at which a record starts that is one of the starts. */
    private void discard(int end) {
        System.arraycopy(workspace.bytes, end, workspace.bytes, 0, filled - end);
        bufferOffset += end;
        filled -= end;
        int kept = 0;
        for (int i = 0; i < startCount; i++) {
            if (starts[i] >= end) {
                starts[kept++] = starts[i] - end;
            }
        }
        startCount = kept;
        line = Math.max(0, line - end);
        searched = Math.max(0, searched - end);
        nextLine = nextLine < 0 ? -1 : nextLine - end;
        regionRecord = 0;
        regionRecords = 0;
    }

    @Override
    public void restart(long offset) {
        bufferOffset = offset;
        filled = 0;
        starts[0] = 0;
        startCount = 1;
        line = 0;
        searched = 0;
        nextLine = -1;
        regionRecord = 0;
        regionRecords = 0;
    }

    @Override
    public long skipOversizedRecord() throws IOException {
        if (startCount > 1) {
            regionRecord = 1;
            regionRecords = 1;
            return nextRecord();
        }
        long unjudged = bufferOffset + (nextLine < 0 ? line + 1 : nextLine);
        long recordEnd = firstStart(bufferOffset, unjudged, window.endOffset());
        restart(recordEnd < 0 ? window.endOffset() : recordEnd);
        return recordEnd;
    }

    @Override
    public long lastStart(long lowest, long highest) throws IOException {
        return lines.lastAtOrBefore(range, lowest, highest);
    }

    @Override
    public long firstStart(long recordStart, long from, long stop) throws IOException {
        return lines.firstFrom(range, from, stop);
    }

    @Override
    public boolean isLastLineDecided() throws IOException {
        return lines.isLastLineDecided(range, window.limitOffset());
    }
}
