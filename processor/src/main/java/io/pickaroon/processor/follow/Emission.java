package io.pickaroon.processor.follow;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.metrics.RunCounters;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.StartPosition;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.window.ContentStart;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.util.function.LongPredicate;
import reactor.core.publisher.Flux;

/**
 * Up to where a followed file can be emitted, and whether what was emitted still stands there. Changes in turns of the file,
 * one at a time, under the lock of {@link FollowReader}; any thread may ask. Does not know where reading began.
 */
final class Emission {
    private final LogInput input;
    private final FileLocation place;
    private final SeenSizes sizes;
    private final OpenCursor open;
    private final RunCounters counters;
    private final TruncationDetector content;
    private final UnfinishedRecord tail;
    private final HeldContext context;
    /** Nothing but NULs is in the file, so far. */
    private boolean isBlank;
    /** What is written behind it is not read any more. */
    private volatile long lastOffset = Long.MAX_VALUE;
    /** Records do not wait for others any more. */
    private volatile boolean endsContext;

    Emission(InputScanners scanners, FileLocation place, SeenSizes sizes, OpenCursor open, RunResources resources) {
        this.input = scanners.input();
        this.place = place;
        this.sizes = sizes;
        this.open = open;
        this.counters = resources.counters();
        this.content = new TruncationDetector(input.plan().format().hasLineFeedsBetweenAll() || !input.hasFixes());
        this.tail = new UnfinishedRecord(
                input.reading().tail(),
                resources.settings().following().quietTime(),
                place,
                sizes::isQuietFor,
                isContainer() ? resources::nowNanos : null);
        this.context = new HeldContext(scanners, resources::nowNanos);
    }

    /**
     * Reading begins.
     *
     * @param emittedOffset up to here it was emitted, perhaps in an earlier session
     * @param lineEnds where lines end before that
     */
    void startFrom(long offset, long emittedOffset, LineEnds lineEnds) {
        tail.startFrom(offset);
        content.startFrom(emittedOffset, lineEnds);
    }

    private boolean isContainer() {
        return input.plan().format().container().isPresent();
    }

    StartPosition.Remembered remembered(FileIdentity identity) {
        return content.remembered(identity, sizes.seenBytes());
    }

    boolean hasMoreThan(long reachedOffset) {
        return Math.min(tail.limitOffset(), context.heldOffset()) > reachedOffset;
    }

    /** Whether a record is held back because others may follow that it takes along. */
    private boolean holdsContext(long reachedOffset) {
        return context.isHeld(reachedOffset);
    }

    /** No record is held back any more. Returns whether one was, until now. */
    boolean endContext(long reachedOffset) {
        endsContext = true;
        return holdsContext(reachedOffset);
    }

    /** Nothing follows in a file that has lost its name, or is read no more. */
    private boolean mayHoldContext() {
        return !endsContext
                && lastOffset == Long.MAX_VALUE
                && !place.isRotated()
                && place.now().isPresent();
    }

    FileFacts.Tail tail(long reachedOffset) {
        long seenBytes = sizes.seenBytes();
        boolean isHeld = holdsContext(reachedOffset);
        if (tail.isDue(reachedOffset, seenBytes) || isHeld && (context.isDue() || !mayHoldContext())) {
            return FileFacts.Tail.DUE;
        }
        return isHeld || tail.isThere(reachedOffset, seenBytes) ? FileFacts.Tail.WAITING : FileFacts.Tail.NONE;
    }

    /** Whether a record is there of which every line is complete. */
    boolean hasTailRecord(long reachedOffset) {
        return tail.hasRecord(reachedOffset);
    }

    /** Finds out whether what was emitted is still there; if not, the file was truncated. */
    boolean findUnchanged(WindowCursor cursor, long sizeBytes) throws IOException {
        return sizeBytes >= cursor.reached().offset() && content.isStillIn(cursor.file());
    }

    /** Up to here the file is read, and then never again; what stands at the end of a deleted file is complete. */
    void endAt(long offset) {
        lastOffset = Math.min(lastOffset, offset);
        if (place.now().isEmpty()) {
            tail.endWithFile();
        }
    }

    long lastOffset() {
        return lastOffset;
    }

    /**
     * The file became shorter while it was scanned.
     *
     * @param keptBytes what is left of it
     */
    void shrinkTo(long keptBytes, long reachedOffset) {
        lastOffset = lastOffset == Long.MAX_VALUE ? lastOffset : Math.min(lastOffset, keptBytes);
        tail.endAt(reachedOffset);
    }

    /**
     * Finds out where the first record begins in a file of which nothing was read. Where there are only NULs what is written
     * later may stand anywhere, unless nothing is going to be: then they are skipped.
     *
     * @return 0 if there is nothing to skip
     */
    long findFirstRecord(LogFile file, long reachedOffset) throws IOException {
        isBlank = false;
        if (reachedOffset > 0) {
            return 0;
        }
        long offset = ContentStart.offset(file, input.plan().delimiter());
        if (offset >= 0) {
            return offset;
        }
        tail.startFrom(0);
        isBlank = !tail.isDue(0, sizes.seenBytes());
        return isBlank ? 0 : sizes.seenBytes();
    }

    /** Finds out up to where there is something to emit. */
    long findLimit(WindowCursor cursor) throws IOException {
        long reachedOffset = cursor.reached().offset();
        if (!isBlank) {
            WindowPlan.Complete complete = input.plan().complete(cursor.file(), cursor.reached(), tail.held());
            tail.find(complete, reachedOffset, sizes.seenBytes());
        }
        long limitOffset = isBlank ? reachedOffset : tail.limitOffset();
        // So that what was seen before this turn does not replace what the turn has found.
        synchronized (sizes) {
            counters.available(cursor.file().identity(), limitOffset);
        }
        return limitOffset;
    }

    /**
     * Emits what comes next, a bounded stretch of it.
     *
     * @param isDurable whether a restart would go on at an offset; see {@link UnfinishedRecord#mayContinue}
     * @param check is called with each window before it is emitted
     */
    Flux<ScannedWindow> emit(WindowCursor cursor, long mostBytes, LongPredicate isDurable, WindowCursor.Check check)
            throws IOException {
        long reachedOffset = cursor.reached().offset();
        if (!tail.mayContinue(reachedOffset, isDurable)) {
            return Flux.empty();
        }
        try {
            open.requireFollowable();
        } catch (IOException e) {
            tail.endAt(reachedOffset);
            throw e;
        }
        long limitOffset = tail.limitOffset();
        long endOffset = mayHoldContext() && !tail.endsUnended()
                ? context.hold(cursor.file(), cursor.reached(), limitOffset)
                : context.release(limitOffset);
        content.startTurn(cursor.file(), limitOffset);
        // In a container log, of several records that the limit would cut only the one that has waited is cut there.
        boolean cutsOne = isContainer() && tail.endsUnended();
        long lastOffset = cutsOne ? reachedOffset + 1 : Math.min(endOffset, reachedOffset + mostBytes);
        return cursor.scan(lastOffset, limitOffset, isContainer() && !cutsOne, check);
    }

    /** Takes note of a window that is about to be emitted; see {@link TruncationDetector#emit}. */
    void require(LogFile file, ScannedWindow window) throws IOException {
        content.emit(file, window);
    }

    /** Fixes that are not remembered are about to change what was read. */
    void forgetLines() {
        content.forgetLines();
    }
}
