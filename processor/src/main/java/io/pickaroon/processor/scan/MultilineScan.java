package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.StartLines;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.util.Arrays;

/**
 * The scan of one window in which records have several lines: judges each line, and lets the rules walk over the complete
 * records. Used by one thread at a time.
 */
final class MultilineScan extends RecordScan {
    private static final int FIRST_LOOK_AHEAD_BYTES = 8 * 1024;

    private final StartLines lines;

    /** Offset in the file of the buffer's first byte, where a record starts, and number of bytes in the buffer. */
    private long bufferOffset;

    private int filled;
    /** Where records are known to start in the buffer. */
    private int[] starts = new int[64];

    private int startCount;
    /** Start of the last line that is judged, and from where on its end is looked for. */
    private int line;

    private int searched;
    /** Start of the line after it, which is not judged; -1 if its end was not found. */
    private int nextLine;

    /** The region: records that wait for the rules are from {@code regionRecord} to {@code regionRecords} of the starts. */
    private int regionRecord;

    private int regionRecords;

    MultilineScan(Window window, ScanPart part) throws IOException {
        super(
                window,
                part,
                (long) part.workspace().maxRecordBytes
                        + 2 * Delimiter.MAX_BYTES
                        + part.workspace().startLines.lookAheadBytes());
        this.lines = workspace.startLines;
        try {
            restartBuffer(firstRecord());
        } catch (IOException | RuntimeException e) {
            range.close();
            throw e;
        }
    }

    @Override
    boolean hasRegion() {
        return regionRecord < regionRecords;
    }

    @Override
    long nextRecord() {
        return bufferOffset + starts[regionRecord];
    }

    /** Fills the buffer until it holds complete records of this window. */
    @Override
    boolean nextRegion() throws IOException {
        discard(starts[regionRecords]);
        int lookAhead = FIRST_LOOK_AHEAD_BYTES;
        while (bufferOffset < window.endOffset()) {
            long fillOffset = bufferOffset + filled;
            boolean atLimit = fillOffset == window.limitOffset();
            judgeLines(atLimit);
            if (startCount > 1) {
                if (isOversized(starts[1])) {
                    oversizedRecord(starts[1]);
                } else {
                    return region();
                }
            } else if (isOversizedWhateverFollows() || atLimit && isOversized(filled)) {
                oversizedRecord(-1);
            } else if (atLimit) {
                addStart(filled);
                reachesLimit = true;
                return region();
            } else if (fillOffset < window.endOffset()) {
                fill(Math.min(workspace.sliceBytes, window.endOffset() - fillOffset));
            } else {
                fill(Math.min(lookAhead, range.endOffset() - fillOffset));
                lookAhead = Math.min(2 * lookAhead, workspace.sliceBytes);
            }
        }
        return false;
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

    /** Whether the first record in the buffer, which ends there, is too long. */
    private boolean isOversized(int end) {
        return workspace.format.contentEnd(workspace.bytes, 0, end) > maxRecordBytes;
    }

    private boolean isOversizedWhateverFollows() {
        return (nextLine < 0 ? filled : nextLine) > maxRecordBytes + Delimiter.MAX_BYTES;
    }

    /** The records that are complete, up to the first that is too long. */
    private boolean region() {
        regionRecord = 0;
        regionRecords = 1;
        while (regionRecords + 1 < startCount
                && bufferOffset + starts[regionRecords] < window.endOffset()
                && contentLength(regionRecords) <= maxRecordBytes) {
            regionRecords++;
        }
        search.begin(workspace.bytes, starts[regionRecords]);
        return true;
    }

    private int contentEnd(int record) {
        return workspace.format.contentEnd(workspace.bytes, starts[record], starts[record + 1]);
    }

    private int contentLength(int record) {
        return contentEnd(record) - starts[record];
    }

    @Override
    void scanRegion() {
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
            if (part.addMatches(bufferOffset, starts[regionRecord], contentEnd(regionRecord), false)) {
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

    private void restartBuffer(long offset) {
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

    /**
     * Deals with the record at the start of the buffer, which is too long, and skips what the window holds of it.
     *
     * @param end index of its end in the buffer, -1 if it is not there
     */
    private void oversizedRecord(int end) throws IOException {
        boolean isMatch = matchesHead(bufferOffset);
        long recordStart = bufferOffset;
        long recordEnd;
        if (end >= 0) {
            recordEnd = recordStart + end;
            discard(end);
        } else {
            long unjudged = bufferOffset + (nextLine < 0 ? line + 1 : nextLine);
            recordEnd = lines.firstFrom(range, unjudged, window.endOffset());
            endsInOversizedRecord = recordEnd < 0 && recordGoesOnAtLimit();
            restartBuffer(recordEnd < 0 ? window.endOffset() : recordEnd);
        }
        countOversizedRecord(isMatch, recordStart, recordEnd);
    }

    /** Whether what is appended to a record at the limit is none of its own: not if it may still make another line of it. */
    private boolean recordGoesOnAtLimit() throws IOException {
        return window.endOffset() == window.limitOffset() && lines.isLastLineDecided(range, window.limitOffset());
    }

    /** Where the first record of the window starts; counts what comes before it, if that is nobody else's. */
    private long firstRecord() throws IOException {
        Position start = window.start();
        long offset = start.offset();
        if (start.startsRecord() || offset == 0) {
            return offset;
        }
        long floor = window.floorOffset();
        long lowest = Math.max(floor, offset - maxRecordBytes - Delimiter.MAX_BYTES);
        long last = lines.lastAtOrBefore(range, lowest, offset);
        // No delimiter begins before the floor.
        long found = last - workspace.delimiter.leadBytes() > floor ? last : -1;
        if (found == offset) {
            return offset;
        }
        boolean startIsKnown = found >= 0 || lowest == floor;
        long recordStart = Math.max(lowest, found);
        long longestEnd = recordStart + maxRecordBytes + Delimiter.MAX_BYTES + 1;
        long stop = Math.min(window.limitOffset(), Math.max(window.endOffset(), longestEnd));
        long recordEnd = lines.firstFrom(range, offset, stop);
        long leadEnd = recordEnd < 0 ? window.endOffset() : Math.min(recordEnd, window.endOffset());
        if (!startIsKnown || contentLength(recordStart, recordEnd < 0 ? stop : recordEnd) > maxRecordBytes) {
            long headEnd = startIsKnown ? recordStart + maxRecordBytes : offset;
            part.counter().restOfOversizedRecord(Math.max(0, leadEnd - Math.max(offset, headEnd)));
            endsInOversizedRecord = recordEnd < 0 && recordGoesOnAtLimit();
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
}
