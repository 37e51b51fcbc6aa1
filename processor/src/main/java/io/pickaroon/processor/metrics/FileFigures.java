package io.pickaroon.processor.metrics;

import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;

/**
 * How far one file is delivered, how much it is known to hold, and whether the bytes counted are the bytes passed.
 * Updated once for each window and each poll of the file. Thread-safe.
 */
final class FileFigures {
    private long availableOffset;
    private long deliveredOffset;

    /** What was there at one earlier moment; the next such moment is taken when all of it is delivered. */
    private long sampleOffset;

    private long sampleNanos;
    private long lookedAtNanos;

    /** The last offset up to which every record is counted whole; -1 if there is none yet. */
    private long balancedOffset;

    private long countedSince;

    FileFigures(Position from, long nowNanos) {
        deliveredOffset = from.offset();
        availableOffset = from.offset();
        sampleOffset = from.offset();
        lookedAtNanos = nowNanos;
        balancedOffset = from.startsRecord() ? from.offset() : -1;
    }

    /** Reading goes on here. In the middle of a record, the counts balance again from the next record on. */
    synchronized void continueAt(Position from) {
        if (deliveredOffset >= sampleOffset) {
            sampleOffset = from.offset();
        }
        if (deliveredOffset != from.offset() || balancedOffset < 0 || !from.startsRecord()) {
            balancedOffset = from.startsRecord() ? from.offset() : -1;
            countedSince = 0;
        }
        deliveredOffset = from.offset();
    }

    /** What is to be delivered reaches up to this offset. */
    synchronized void available(long offset, long nowNanos) {
        availableOffset = offset;
        sampleOffset = Math.min(sampleOffset, offset);
        lookedAtNanos = nowNanos;
        sampleIfDue();
    }

    /**
     * The window was delivered.
     *
     * @return by how many bytes the counts are wrong since they last balanced; 0 as long as that is unknown
     */
    synchronized long delivered(ScannedWindow window) {
        Position end = window.end();
        deliveredOffset = end.offset();
        sampleIfDue();
        countedSince += window.tally().bytes() + window.matches().shiftedBytes();
        if (!end.startsRecord()) {
            return 0;
        }
        long difference = balancedOffset < 0 ? 0 : Math.abs(end.offset() - balancedOffset - countedSince);
        balancedOffset = end.offset();
        countedSince = 0;
        return difference;
    }

    private void sampleIfDue() {
        if (deliveredOffset >= sampleOffset && availableOffset > deliveredOffset) {
            sampleOffset = availableOffset;
            sampleNanos = lookedAtNanos;
        }
    }

    synchronized long lagBytes() {
        return Math.max(0, availableOffset - deliveredOffset);
    }

    synchronized long lagNanos(long nowNanos) {
        return deliveredOffset < sampleOffset && availableOffset > deliveredOffset ? nowNanos - sampleNanos : 0;
    }
}
