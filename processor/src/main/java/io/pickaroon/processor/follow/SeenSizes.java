package io.pickaroon.processor.follow;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.track.FileLocation;
import java.io.IOException;
import java.time.Duration;

/**
 * The sizes of a followed file that turns, polls and directory scans see, and the bytes of it that are lost because they
 * cannot be read any more. Turns, one at a time, change what they have seen; any thread may observe and ask. Reads nothing.
 */
final class SeenSizes {
    private final LogInput input;
    private final FileLocation place;
    private final RunResources resources;
    private final ObservedSize observed;
    /** The size of its content that the last turn saw. */
    private volatile long seenBytes;
    /** The same as it is stored. */
    private volatile long storedBytes;
    /** Whether the last turn has seen other content than is stored; before it, whether an earlier run has. */
    private volatile boolean isDecoded;
    /** How much content was known when it had the stored size. */
    private volatile long contentBytes;
    /** The last attempt to observe it failed. */
    private volatile boolean isUnknown;

    private volatile long changedNanos;

    /** @param storedBytes its size when it was found */
    SeenSizes(LogInput input, FileLocation place, long storedBytes, RunResources resources) {
        this.input = input;
        this.place = place;
        this.resources = resources;
        this.observed = new ObservedSize(storedBytes);
        this.storedBytes = storedBytes;
        this.seenBytes = storedBytes;
        this.contentBytes = storedBytes;
        changed();
    }

    /** An earlier run has seen that much content in it, and other content than is stored. */
    void startDecoded(long knownBytes) {
        isDecoded = true;
        contentBytes = knownBytes;
    }

    long seenBytes() {
        return seenBytes;
    }

    /** The size that was seen last, in a turn or outside of it, as it is stored. */
    long observedBytes() {
        return observed.bytes();
    }

    /** Whether content was seen since the last turn that is truncated away. */
    boolean hasShrunk() {
        return observed.hasShrunk();
    }

    FileFacts.Size compared() {
        if (observed.hasShrunk()) {
            return FileFacts.Size.SHRUNK;
        } else if (observed.bytes() != storedBytes) {
            return FileFacts.Size.OTHER;
        }
        return isUnknown ? FileFacts.Size.UNKNOWN : FileFacts.Size.SAME;
    }

    /** Whether this is another size than the last turn saw, as it is stored, or the file shrank in between. */
    boolean hasChangedTo(long storedSizeBytes) {
        return observed.hasShrunk() || storedSizeBytes != storedBytes;
    }

    /** Whether anything was seen behind an offset, or may be there; a file that ends before it was truncated and written anew. */
    boolean hasMoreThan(long offset) {
        return seenBytes > offset || isWrittenAnew(seenBytes, offset) || hasChangedTo(observed.bytes());
    }

    private boolean isWrittenAnew(long bytes, long offset) {
        return bytes < offset && !isDecoded;
    }

    /** Something has happened to the file that may go on. */
    void changed() {
        changedNanos = resources.nowNanos();
    }

    long quietNanos(long nowNanos) {
        return nowNanos - changedNanos;
    }

    boolean isQuietFor(Duration time) {
        return quietNanos(resources.nowNanos()) >= time.toNanos();
    }

    /** Takes note of its present size; may be called during a turn. */
    void observe(ObservedSize.Source source) throws IOException {
        try {
            if (observed.observe(source)) {
                changed();
            }
            isUnknown = false;
        } catch (IOException e) {
            isUnknown = true;
            throw e;
        }
    }

    /** A turn begins. Returns what was seen since the last one. */
    ObservedSize.Seen take(LogFile file) throws IOException {
        ObservedSize.Seen stored = observed.take(file::storedBytes);
        // Where nothing was seen to shrink, what it has grown by since the last turn may belong to the next generation.
        long peakBytes = stored.hasShrunk() ? peakBytes(stored) : seenBytes;
        ObservedSize.Seen seen = stored.ofContent(peakBytes, file.sizeBytes());
        storedBytes = stored.nowBytes();
        isDecoded = file.isDecoded();
        return seen;
    }

    /** What was read is still there, up to an offset. */
    void continueAt(long reachedOffset, ObservedSize.Seen seen) {
        lose(seen.lostBytes(reachedOffset, true), "was truncated");
        if (seen.nowBytes() != seenBytes || seen.hasShrunk()) {
            startFrom(seen.nowBytes());
            changed();
        }
    }

    /** Its content has this size from now on. */
    void startFrom(long sizeBytes) {
        seenBytes = sizeBytes;
        contentBytes = sizeBytes;
    }

    /**
     * It became shorter during a turn.
     *
     * @param keptBytes what is left of it
     * @param readOffset up to here it was read
     */
    void shrinkTo(long keptBytes, long readOffset) {
        ObservedSize.Seen seen = observed.seen();
        // Where nothing was seen to shrink, what it has grown by since the turn began may have been written afterwards.
        long before = seen.hasShrunk() ? peakBytes(seen) : seenBytes;
        lose(Math.max(0, before - Math.max(keptBytes, readOffset)) + seen.laterBytes(), "was truncated");
        startFrom(keptBytes);
        observed.startFrom(isDecoded ? observed.bytes() : keptBytes);
        storedBytes = observed.bytes();
    }

    /** Nothing more of it is ever read. */
    void countUnreadAsLost(long readOffset) {
        lose(unreadBytes(readOffset), "was deleted, or moved where it is not found, before it was read to its end");
        observed.startFrom(observed.bytes());
    }

    /** It is deleted, and nothing more of it is ever read; of what it has now, turns would have read up to the last offset. */
    void countLeftBehindAsLost(long deliveredOffset, long lastOffset) {
        long unread = unreadBytes(deliveredOffset);
        long lostBytes = observed.hasShrunk() ? unread : Math.min(lastOffset - deliveredOffset, unread);
        lose(lostBytes, "is deleted, and was not read to its end before the stop");
    }

    /** What was truncated away since the last turn, and is not delivered, is lost. */
    void countTruncatedAsLost(long deliveredOffset) {
        if (observed.hasShrunk()) {
            lose(unreadBytes(deliveredOffset) - observed.bytes(), "was truncated before it was read");
        }
    }

    /** Bytes that were seen and are not read, whether or not they are still there. */
    long unreadBytes(long offset) {
        ObservedSize.Seen seen = observed.seen();
        long unread = Math.max(0, peakBytes(seen) - offset) + seen.laterBytes();
        return seen.hasShrunk() || isWrittenAnew(seen.peakBytes(), offset) ? unread + seen.nowBytes() : unread;
    }

    /** The size of its content, as far as it was seen: before it shrank, if it did. */
    long knownBytes() {
        return peakBytes(observed.seen());
    }

    /** The size of its content before it shrank; what was written since the last turn counts as it is stored. */
    private long peakBytes(ObservedSize.Seen seen) {
        return isDecoded ? contentBytes + Math.max(0, seen.peakBytes() - storedBytes) : seen.peakBytes();
    }

    /** @param because what has happened to the file */
    void lose(long bytes, String because) {
        if (bytes > 0) {
            resources.counters().lost(input, place.home(), bytes, NativePath.printable(place.home()) + " " + because);
        }
    }
}
