package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.search.NativeBytes;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.Window;
import java.io.IOException;

/**
 * The regions of a window in which each line is a record, searched with {@code memchr}: a region is what a slice of native
 * memory holds of complete records. Records that are in no slice whole are read and searched as {@link LineRegions}: the
 * last one of a window, and long ones. Used by one thread at a time.
 */
final class MemchrRegions implements RecordRegions {
    private final Window window;
    private final ScanPart part;
    private final MappedRange range;
    private final LineRegions others;
    private final MemchrWorkspace memchr;
    private final NativeBytes slice;
    private final Delimiter delimiter;
    private final byte lineEnd;
    private final boolean countsAll;

    /** The region is one of the others. */
    private boolean isOther;
    /** Offset of the slice in the file. */
    private long sliceOffset;
    /** Records that wait for the rules are in {@code [regionStart, regionEnd)} of the slice. */
    private int regionStart;

    private int regionEnd;

    /** For a delimiter of one byte. */
    MemchrRegions(Window window, ScanPart part, MappedRange range, MemchrWorkspace memchr) {
        this.window = window;
        this.part = part;
        this.range = range;
        this.others = new LineRegions(window, part, range);
        this.memchr = memchr;
        this.slice = memchr.slice;
        this.delimiter = part.workspace().delimiter;
        this.lineEnd = delimiter.lastByte();
        this.countsAll = part.workspace().countsAll;
    }

    @Override
    public void restart(long offset) {
        isOther = false;
        sliceOffset = offset;
        regionStart = 0;
        regionEnd = 0;
    }

    @Override
    public boolean hasRecords() {
        return isOther ? others.hasRecords() : regionStart < regionEnd;
    }

    @Override
    public long nextRecord() {
        return isOther ? others.nextRecord() : sliceOffset + regionStart;
    }

    @Override
    public Found read() throws IOException {
        restart(nextRecord());
        int lengthBytes = (int) Math.min(slice.capacityBytes(), window.endOffset() - sliceOffset);
        if (lengthBytes > 0) {
            range.copy(sliceOffset, memchr.firstBytes(lengthBytes));
            regionEnd = slice.lastIndexOf(0, lengthBytes, lineEnd) + 1;
        }
        if (regionEnd > 0) {
            memchr.search.begin(slice, regionEnd);
            return Found.RECORDS;
        }
        isOther = true;
        others.restart(sliceOffset);
        return others.read();
    }

    /** The hot loop: from needle to needle, the records between them counted only. */
    @Override
    public void scan() throws IOException {
        if (isOther) {
            others.scan();
            return;
        }
        int from = regionStart;
        int records = 0;
        while (regionStart < regionEnd && !part.isFull()) {
            int candidate = memchr.search.next(regionStart);
            int start = candidate < 0 ? regionEnd : startOfRecord(candidate);
            if (countsAll && start > regionStart) {
                records += slice.count(regionStart, start, lineEnd);
            }
            regionStart = start;
            if (candidate >= 0) {
                part.follows(records);
                regionStart = slice.indexOf(candidate, regionEnd, lineEnd) + 1;
                records += scanRecord(start, regionStart - 1) || countsAll ? 1 : 0;
            }
        }
        part.counter().records(records, regionStart - from);
    }

    private int startOfRecord(int candidate) {
        int before = slice.lastIndexOf(regionStart, candidate, lineEnd);
        return before < 0 ? regionStart : before + 1;
    }

    /** Returns whether the record matches. */
    private boolean scanRecord(int start, int end) throws IOException {
        boolean isMatch = memchr.decidesAlone || scanNeedles(start, end);
        if (memchr.decidesAlone) {
            part.countFound(memchr.found);
        }
        if (isMatch) {
            part.counter().matchedRecord(end + 1 - start);
        }
        return isMatch;
    }

    private boolean scanNeedles(int start, int end) throws IOException {
        int contentEnd = delimiter.contentEnd(end > start ? slice.at(end - 1) : 0, start, end);
        memchr.found.clear();
        memchr.search.addStanding(start, contentEnd, memchr.ruleOf, memchr.found);
        return part.addFound(sliceOffset + start, memchr.found, start, contentEnd, end + 1 - contentEnd);
    }

    @Override
    public long skipOversizedRecord() throws IOException {
        return others.skipOversizedRecord();
    }

    @Override
    public long lastStart(long lowest, long highest) throws IOException {
        return others.lastStart(lowest, highest);
    }

    @Override
    public long firstStart(long recordStart, long from, long stop) throws IOException {
        return others.firstStart(recordStart, from, stop);
    }

    @Override
    public boolean isLastLineDecided() {
        return others.isLastLineDecided();
    }
}
