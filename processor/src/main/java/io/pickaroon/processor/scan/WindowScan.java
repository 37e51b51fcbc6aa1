package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordBoundary;
import io.pickaroon.processor.window.Window;
import java.io.IOException;

/**
 * The scan of one window in which each line is a record: copies it slice by slice into the workspace's buffer, and lets
 * the rules walk over the complete records there. Used by one thread at a time.
 */
final class WindowScan extends RecordScan {
    private static final int FIRST_LOOK_AHEAD_BYTES = 4 * 1024;

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

    WindowScan(Window window, ScanPart part) throws IOException {
        super(
                window,
                part,
                (long) part.workspace().maxRecordBytes
                        + Delimiter.MAX_BYTES
                        + part.workspace().delimiter.leadBytes());
        this.delimiter = workspace.delimiter;
        try {
            this.bufferOffset = firstRecord();
        } catch (IOException | RuntimeException e) {
            range.close();
            throw e;
        }
    }

    @Override
    boolean hasRegion() {
        return regionStart < regionEnd;
    }

    @Override
    long nextRecord() {
        return bufferOffset + regionStart;
    }

    /** Fills the buffer until it holds complete records of this window. */
    @Override
    boolean nextRegion() throws IOException {
        discardRegion();
        int lookAhead = FIRST_LOOK_AHEAD_BYTES;
        while (bufferOffset < window.endOffset()) {
            int delimiterIndex = workspace.firstDelimiter(0, searched, filled);
            searched = filled;
            if (delimiterIndex >= 0 && delimiter.contentEnd(workspace.bytes, 0, delimiterIndex) <= maxRecordBytes) {
                boolean inWindow = bufferOffset + filled <= window.endOffset();
                return region(inWindow ? workspace.lastDelimiter(0, filled) + 1 : delimiterIndex + 1, false);
            }
            long fillOffset = bufferOffset + filled;
            boolean atLimit = fillOffset == window.limitOffset();
            if (delimiterIndex >= 0
                    || filled >= maxRecordBytes + delimiter.mostBytes()
                    || (atLimit && filled > maxRecordBytes)) {
                oversizedRecord(delimiterIndex);
            } else if (atLimit) {
                return region(filled, true);
            } else if (fillOffset < window.endOffset()) {
                fill(Math.min(workspace.sliceBytes, window.endOffset() - fillOffset));
            } else {
                fill(Math.min(lookAhead, range.endOffset() - fillOffset));
                lookAhead = Math.min(2 * lookAhead, workspace.sliceBytes);
            }
        }
        return false;
    }

    private void discardRegion() {
        int left = filled - regionEnd;
        System.arraycopy(workspace.bytes, regionEnd, workspace.bytes, 0, left);
        searched = Math.max(0, searched - regionEnd);
        restartBuffer(bufferOffset + regionEnd, left);
    }

    private void restartBuffer(long offset, int left) {
        bufferOffset = offset;
        filled = left;
        regionStart = 0;
        regionEnd = 0;
    }

    private void fill(long lengthBytes) throws IOException {
        workspace.fill(range, bufferOffset + filled, filled, (int) lengthBytes);
        filled += (int) lengthBytes;
    }

    private boolean region(int end, boolean unterminated) {
        regionEnd = end;
        regionIsUnterminated = unterminated;
        reachesLimit |= unterminated;
        search.begin(workspace.bytes, end);
        return true;
    }

    /** The hot loop: from candidate to candidate, the records between them untouched. */
    @Override
    void scanRegion() {
        byte[] bytes = workspace.bytes;
        int from = regionStart;
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
            if (part.addMatches(bufferOffset, start, contentEnd, false)) {
                part.counter().matchedRecord(next - start);
            }
            regionStart = next;
        }
        boolean unterminated = regionIsUnterminated && regionStart == regionEnd;
        part.counter()
                .records(workspace.countDelimiters(from, regionStart) + (unterminated ? 1 : 0), regionStart - from);
    }

    /**
     * Deals with the record at the start of the buffer, which is too long, and skips what the window holds of it.
     *
     * @param delimiterIndex index of its end in the buffer, -1 if it is not there
     */
    private void oversizedRecord(int delimiterIndex) throws IOException {
        boolean isMatch = matchesHead(bufferOffset);
        long recordStart = bufferOffset;
        long recordEnd;
        if (delimiterIndex >= 0) {
            recordEnd = recordStart + delimiterIndex + 1;
            // What follows was read, but not yet looked at.
            regionEnd = delimiterIndex + 1;
            searched = regionEnd;
            discardRegion();
        } else {
            recordEnd = endOfRecord(bufferOffset, bufferOffset + filled, window.endOffset());
            endsInOversizedRecord = recordEnd < 0 && window.endOffset() == window.limitOffset();
            searched = 0;
            restartBuffer(recordEnd < 0 ? window.endOffset() : recordEnd, 0);
        }
        countOversizedRecord(isMatch, recordStart, recordEnd);
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
        long found = recordEndBefore(lowest, offset, floor);
        if (found == offset) {
            return offset;
        }
        boolean startIsKnown = found >= 0 || lowest == floor;
        long recordStart = Math.max(lowest, found);
        long longestEnd = recordStart + maxRecordBytes + Delimiter.MAX_BYTES;
        long stop = Math.min(window.limitOffset(), Math.max(window.endOffset(), longestEnd));
        long recordEnd = endOfRecord(recordStart, offset, stop);
        long leadEnd = recordEnd < 0 ? window.endOffset() : Math.min(recordEnd, window.endOffset());
        if (!startIsKnown || contentLength(recordStart, recordEnd, stop) > maxRecordBytes) {
            long headEnd = startIsKnown ? recordStart + maxRecordBytes : offset;
            part.counter().restOfOversizedRecord(Math.max(0, leadEnd - Math.max(offset, headEnd)));
            endsInOversizedRecord = recordEnd < 0 && window.endOffset() == window.limitOffset();
        } else if (recordEnd < 0) {
            // All of the window was passed with the one that the record starts in.
            reachesLimit = true;
            part.startsAt(window.limitOffset());
        }
        return recordEnd < 0 ? window.endOffset() : recordEnd;
    }

    /** The last record end in {@code (lowest, offset]}; no delimiter begins before the floor. -1 if there is none. */
    private long recordEndBefore(long lowest, long offset, long floor) throws IOException {
        long found = RecordBoundary.lastBefore(range, lowest, offset, delimiter);
        return found - delimiter.leadBytes() > floor ? found : -1;
    }

    private long contentLength(long recordStart, long recordEnd, long stop) throws IOException {
        if (recordEnd < 0) {
            return stop - recordStart;
        }
        int tail = (int) Math.min(Delimiter.MAX_BYTES, recordEnd - recordStart);
        workspace.fill(range, recordEnd - tail, 0, tail);
        return recordEnd - recordStart - tail + delimiter.contentEnd(workspace.bytes, 0, tail - 1);
    }

    /**
     * Looks for the end of the record that {@code from} lies in, at {@code from} or after it.
     *
     * @param recordStart where the record starts, at the latest
     * @return offset right after the delimiter, at most {@code stop}; or -1
     */
    private long endOfRecord(long recordStart, long from, long stop) throws IOException {
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
}
