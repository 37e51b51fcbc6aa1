package io.pickaroon.processor.follow;

import io.pickaroon.processor.container.HeldRecord;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.window.WindowPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What stands at the end of a followed file and was not emitted: how much of it is complete, and when the rest is taken as it
 * stands. Changes in turns of the file, one at a time; any thread may ask. Reads nothing.
 */
final class UnfinishedRecord {
    private final TailTimeouts timeouts;
    private final TailTimeouts afterRotation;
    private final FileLocation place;
    private final Predicate<Duration> isQuietFor;
    /** A clock that never goes back, in a container log; null in other files. */
    private final LongSupplier nanoTime;

    /** Up to here there is something to emit, and up to the other one lines are complete. */
    private volatile long limitOffset;

    private volatile long linesOffset;
    /** What is to be emitted is a record without an end. */
    private boolean endsUnended;
    /** Here such a record was ended, last. */
    private long cutOffset;

    private volatile boolean waitsForCheckpoint;
    /** Nothing more is read of the file. */
    private volatile boolean endsWithFile;

    /** In a container log, a record that may have more lines, and since when its last line is that. */
    private volatile Optional<HeldRecord> held = Optional.empty();

    private volatile long heldNanos;

    /**
     * @param quietTime how long a rotated file must not change until its end counts as its end
     * @param isQuietFor whether this one has not changed for so long
     * @param nanoTime a clock that never goes back if it is a container log: there a record waits for lines of its own stream, and
     *     those of the other one may come all the time; null if it is none
     */
    UnfinishedRecord(
            TailTimeouts timeouts,
            Duration quietTime,
            FileLocation place,
            Predicate<Duration> isQuietFor,
            LongSupplier nanoTime) {
        this.timeouts = timeouts;
        this.afterRotation = timeouts.afterRotation(quietTime);
        this.place = place;
        this.isQuietFor = isQuietFor;
        this.nanoTime = nanoTime;
    }

    /** Reading begins here: everything before it is emitted. */
    void startFrom(long offset) {
        limitOffset = offset;
        linesOffset = offset;
        cutOffset = Math.min(cutOffset, offset);
        waitsForCheckpoint = false;
        held = Optional.empty();
    }

    /** In a container log, the record that waits for more lines. */
    Optional<HeldRecord> held() {
        return held;
    }

    /** Nothing more is to be emitted for now. */
    void endAt(long offset) {
        limitOffset = offset;
    }

    /** What has no end is taken as it stands from now on. */
    void endWithFile() {
        endsWithFile = true;
    }

    long limitOffset() {
        return limitOffset;
    }

    /** Whether what is to be emitted is a record without an end, which has waited for one. */
    boolean endsUnended() {
        return endsUnended;
    }

    /** Finds out up to where there is something to emit. */
    void find(WindowPlan.Complete complete, long reachedOffset, long sizeBytes) {
        linesOffset = complete.linesOffset();
        endsUnended = complete.recordsOffset() == reachedOffset;
        Optional<HeldRecord> before = held;
        held = complete.held();
        if (held.isPresent() && before.filter(held.get()::isStill).isEmpty()) {
            heldNanos = nanoTime.getAsLong();
        }
        limitOffset = endsUnended ? unendedLimit(reachedOffset, sizeBytes) : complete.recordsOffset();
    }

    /** Up to where a record is taken as it stands, because its end has not come for some time. */
    private long unendedLimit(long reachedOffset, long sizeBytes) {
        if (endsWithFile) {
            return Math.max(sizeBytes, linesOffset);
        }
        TailTimeouts now = timeouts();
        if (sizeBytes > linesOffset && now.line().filter(isQuietFor).isPresent()) {
            return sizeBytes;
        }
        boolean isRecordDue = nanoTime == null
                ? isQuietFor.test(now.record())
                : held.filter(record -> record.isAt(reachedOffset)).isPresent()
                        && nanoTime.getAsLong() - heldNanos >= now.record().toNanos();
        return isRecordDue ? linesOffset : reachedOffset;
    }

    private TailTimeouts timeouts() {
        return place.isRotated() ? afterRotation : timeouts;
    }

    /** Whether a turn would emit something because of the time that has passed, or could now. */
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
     * Whether what follows a record without an end may be emitted: not before a restart, too, would end that
     * record there. Otherwise it could join both, and fix what was never delivered.
     *
     * @param isDurable whether a restart would go on there
     */
    boolean mayContinue(long reachedOffset, LongPredicate isDurable) {
        waitsForCheckpoint = cutOffset > 0 && cutOffset <= reachedOffset && !isDurable.test(cutOffset);
        if (waitsForCheckpoint) {
            limitOffset = reachedOffset;
        } else if (endsUnended) {
            // In a container log only the record is ended, and others that stand behind its start are not.
            cutOffset = nanoTime == null ? limitOffset : reachedOffset + 1;
        }
        return !waitsForCheckpoint;
    }
}
