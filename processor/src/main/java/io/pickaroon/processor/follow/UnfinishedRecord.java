package io.pickaroon.processor.follow;

import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.window.WindowPlan;
import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * What stands at the end of a followed file and was not handed on: how much of it is complete, and when the rest is taken
 * as it stands. Changes in turns of the file, one at a time; may be asked by any thread.
 */
final class UnfinishedRecord {
    private final TailTimeouts timeouts;
    private final TailTimeouts afterRotation;
    private final FileLocation place;
    private final Predicate<Duration> isQuietFor;

    /** Up to here there is something to hand on, and up to the other one lines are complete. */
    private volatile long limitOffset;

    private volatile long linesOffset;
    /** What is to be handed on is a record that nobody has ended. */
    private boolean endsUnended;
    /** Here one was ended, last. */
    private long cutOffset;

    private volatile boolean waitsForCheckpoint;
    /** Nobody will be there to see more come. */
    private volatile boolean isLast;

    /**
     * @param quietTime how long nobody must have written to a file that was rotated until its end is its end
     * @param isQuietFor whether nobody has written to this one for so long
     */
    UnfinishedRecord(TailTimeouts timeouts, Duration quietTime, FileLocation place, Predicate<Duration> isQuietFor) {
        this.timeouts = timeouts;
        this.afterRotation = timeouts.afterRotation(quietTime);
        this.place = place;
        this.isQuietFor = isQuietFor;
    }

    /** Reading begins here: everything before it is handed on. */
    void startFrom(long offset) {
        limitOffset = offset;
        linesOffset = offset;
        cutOffset = Math.min(cutOffset, offset);
        waitsForCheckpoint = false;
    }

    /** Nothing more is to be handed on for now. */
    void endAt(long offset) {
        limitOffset = offset;
    }

    /** What nobody has ended is taken as it stands from now on. */
    void isLast() {
        isLast = true;
    }

    long limitOffset() {
        return limitOffset;
    }

    /** Finds out up to where there is something to hand on. */
    void look(WindowPlan.Complete complete, long reachedOffset, long sizeBytes) {
        linesOffset = complete.linesOffset();
        endsUnended = complete.recordsOffset() == reachedOffset;
        limitOffset = endsUnended ? unendedLimit(reachedOffset, sizeBytes) : complete.recordsOffset();
    }

    /** Up to where a record is taken as it stands, because nobody has ended it for some time. */
    private long unendedLimit(long reachedOffset, long sizeBytes) {
        if (isLast) {
            return Math.max(sizeBytes, linesOffset);
        }
        TailTimeouts now = timeouts();
        if (sizeBytes > linesOffset && now.line().filter(isQuietFor).isPresent()) {
            return sizeBytes;
        }
        return isQuietFor.test(now.record()) ? linesOffset : reachedOffset;
    }

    private TailTimeouts timeouts() {
        return place.isRotated() ? afterRotation : timeouts;
    }

    /** Whether a turn would hand on something because of the time that has passed, or could now. */
    boolean isDue(long reachedOffset, long sizeBytes) {
        return waitsForCheckpoint || unendedLimit(reachedOffset, sizeBytes) > reachedOffset;
    }

    /** Whether something is there that will be taken as it stands when it has waited for long enough. */
    boolean isThere(long reachedOffset, long sizeBytes) {
        return hasRecord(reachedOffset)
                || sizeBytes > reachedOffset && timeouts().line().isPresent();
    }

    /** Whether it has complete lines. */
    boolean hasRecord(long reachedOffset) {
        return linesOffset > reachedOffset;
    }

    /**
     * Whether what follows a record that nobody had ended may be handed on: not before a restart, too, would end that
     * record there. Otherwise it could join both, and fix what was never delivered.
     *
     * @param isDurable whether a restart would go on there
     */
    boolean mayGoOn(long reachedOffset, LongPredicate isDurable) {
        waitsForCheckpoint = cutOffset > 0 && cutOffset <= reachedOffset && !isDurable.test(cutOffset);
        if (waitsForCheckpoint) {
            limitOffset = reachedOffset;
        } else if (endsUnended) {
            cutOffset = limitOffset;
        }
        return !waitsForCheckpoint;
    }
}
