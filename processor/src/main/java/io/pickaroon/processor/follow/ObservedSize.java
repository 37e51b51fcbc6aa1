package io.pickaroon.processor.follow;

import java.io.IOException;

/**
 * The size of a followed file, as it is stored, that is seen between two turns, and what was truncated away in between: in
 * an outage a file may be truncated many times before its next turn. Each size is taken under the lock of this object,
 * so that no two threads see the file grow in another order than it did. Thread-safe.
 */
final class ObservedSize {
    private static final long NEVER = -1;

    /** Says how large the file is now. */
    interface Source {
        long sizeBytes() throws IOException;
    }

    /**
     * What was seen since the last turn.
     *
     * @param nowBytes present size
     * @param peakBytes the size before the file shrank for the first time, or the one seen last if it did not shrink
     * @param leastBytes the smallest size after that
     * @param laterBytes of contents that were written after that, and truncated away in turn
     */
    record Seen(long nowBytes, long peakBytes, long leastBytes, long laterBytes) {
        boolean hasShrunk() {
            return leastBytes < peakBytes;
        }

        /** The same for a file whose content is as large as this. */
        Seen ofContent(long peakContentBytes, long nowContentBytes) {
            long least = peakContentBytes == peakBytes ? leastBytes : nowContentBytes;
            return new Seen(
                    nowContentBytes,
                    peakContentBytes,
                    hasShrunk() ? Math.min(least, peakContentBytes - 1) : peakContentBytes,
                    laterBytes);
        }

        /**
         * Bytes that were seen and can never be read.
         *
         * @param reachedOffset up to here the file was read
         * @param isStillThere whether what was read still is
         */
        long lostBytes(long reachedOffset, boolean isStillThere) {
            if (!isStillThere) {
                return Math.max(0, peakBytes - reachedOffset) + laterBytes;
            }
            // A file of which nothing was read was emptied, as a rule, and has grown again.
            long keptBytes = reachedOffset > 0 ? Math.max(reachedOffset, leastBytes) : 0;
            return hasShrunk() ? Math.max(0, peakBytes - keptBytes) + laterBytes : 0;
        }
    }

    private long bytes;
    private long peakBytes = NEVER;
    private long leastBytes;
    private long laterBytes;

    ObservedSize(long bytes) {
        this.bytes = bytes;
    }

    /** The size that was seen last. */
    synchronized long bytes() {
        return bytes;
    }

    /** Whether it has shrunk since the last turn. */
    synchronized boolean hasShrunk() {
        return peakBytes != NEVER;
    }

    /** Takes note of the present size. Returns whether it is another one than the last time. */
    synchronized boolean observe(Source source) throws IOException {
        long before = bytes;
        long now = source.sizeBytes();
        if (now < before && peakBytes == NEVER) {
            peakBytes = before;
            leastBytes = now;
        } else if (now < before) {
            laterBytes += before;
            leastBytes = Math.min(leastBytes, now);
        }
        bytes = now;
        return now != before;
    }

    /** What was seen until now; what is seen next is compared with the present size. */
    synchronized Seen take(Source source) throws IOException {
        long before = bytes;
        observe(source);
        Seen seen = hasShrunk() ? seen() : new Seen(bytes, before, before, 0);
        startFrom(bytes);
        return seen;
    }

    /** What was seen until now. */
    synchronized Seen seen() {
        return hasShrunk() ? new Seen(bytes, peakBytes, leastBytes, laterBytes) : new Seen(bytes, bytes, bytes, 0);
    }

    /** What stands there from now on is all that counts. */
    synchronized void startFrom(long sizeBytes) {
        bytes = sizeBytes;
        peakBytes = NEVER;
        leastBytes = 0;
        laterBytes = 0;
    }
}
