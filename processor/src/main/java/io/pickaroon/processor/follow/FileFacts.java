package io.pickaroon.processor.follow;

import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.track.FileLocation;
import java.time.Duration;

/**
 * What is known of a followed file at one moment, as far as its state and its next step depend on it. Immutable; the
 * decisions are pure.
 *
 * @param hasPendingFixes whether fixes wait for its rotation
 * @param quietNanos since when it has not changed
 */
record FileFacts(Obstacle obstacle, Place place, Reading reading, Tail tail, boolean hasPendingFixes, long quietNanos) {
    /** Why it is not read, if it is not. */
    enum Obstacle {
        NONE,
        /** Another file had its name before, and is not read to its end. */
        PREDECESSOR,
        /** It could not be read, and the pause before the next try has passed. */
        RETRY_DUE,
        /** It could not be read, and it is too early to try again. */
        RETRY_PAUSE,
        /** Nothing more of it is ever read. */
        END
    }

    enum Place {
        HOME,
        ROTATED,
        MISSING;

        static Place of(FileLocation location) {
            if (location.now().isEmpty()) {
                return MISSING;
            }
            return location.isRotated() ? ROTATED : HOME;
        }
    }

    /** Its size compared with the one that the last turn saw. */
    enum Size {
        SAME,
        OTHER,
        /** It was smaller in between, or still is. */
        SHRUNK,
        UNKNOWN
    }

    /** What stands at its end without an end of its own. */
    enum Tail {
        NONE,
        /** It is emitted when it has waited for long enough. */
        WAITING,
        DUE
    }

    /**
     * How far it is read.
     *
     * @param isBegun whether it was read in this session of the sink
     * @param isOpen whether it is open for reading; never before it is begun
     * @param isEmitted whether all that turns saw was emitted
     * @param isDurable whether all that was emitted is delivered, and the checkpoint has it
     * @param isDelivered whether nothing of it is left to be delivered, as far as is known without a session
     */
    record Reading(
            boolean isBegun, boolean isOpen, Size size, boolean isEmitted, boolean isDurable, boolean isDelivered) {
        boolean isAtEnd() {
            return isEmitted && size != Size.OTHER && size != Size.SHRUNK && isDurable;
        }
    }

    /**
     * After how long without a change something happens.
     *
     * @param idleNanos the file is not polled any more
     * @param endNanos the end of a missing file is its end
     * @param closeNanos the file is closed
     */
    record Limits(long idleNanos, long endNanos, long closeNanos) {
        /** How long a file is polled after it last grew. Later growth is noticed by inotify or the next directory scan. */
        private static final Duration POLLED = Duration.ofSeconds(10);

        static Limits of(FollowSettings following) {
            return new Limits(
                    POLLED.toNanos(),
                    following.quietTime().toNanos(),
                    following.closeAfter().toNanos());
        }
    }

    FileState state(Limits limits) {
        return switch (obstacle) {
            case END -> FileState.EXPIRED;
            case RETRY_PAUSE, RETRY_DUE -> FileState.BACKING_OFF;
            case PREDECESSOR -> FileState.BLOCKED;
            case NONE -> stateOfReadable(limits);
        };
    }

    private FileState stateOfReadable(Limits limits) {
        if (!reading.isBegun()) {
            return FileState.DISCOVERED;
        } else if (reading.size() == Size.SHRUNK) {
            return FileState.TRUNCATED;
        } else if (place != Place.HOME && reading.isAtEnd() && tail == Tail.NONE && !isFixDue()) {
            return FileState.DRAINED;
        }
        return switch (place) {
            case MISSING -> FileState.MISSING;
            case ROTATED -> FileState.ROTATED;
            case HOME -> !reading.isOpen() ? FileState.CLOSED : isIdle(limits) ? FileState.IDLE : FileState.ACTIVE;
        };
    }

    /** The next step in a session of the sink. */
    NextStep next(Limits limits) {
        return switch (state(limits)) {
            case EXPIRED -> NextStep.FORGET;
            case BACKING_OFF ->
                obstacle == Obstacle.RETRY_DUE
                        ? NextStep.READ
                        : hasEnded(limits) ? NextStep.CLOSE : NextStep.POLL_LATER;
            case BLOCKED -> NextStep.READ;
            case DISCOVERED -> isFixDue() ? NextStep.POLL_LATER : NextStep.CLOSE;
            case TRUNCATED, DRAINED, MISSING, ROTATED, CLOSED, IDLE, ACTIVE -> nextOfBegun(limits);
        };
    }

    private NextStep nextOfBegun(Limits limits) {
        if (tail == Tail.DUE
                || isFixDue()
                || isPolled(obstacle, place, reading.isOpen(), isIdle(limits)) && reading.size() != Size.SAME) {
            return NextStep.READ;
        } else if (hasEnded(limits) || isClosable(limits)) {
            return NextStep.CLOSE;
        }
        boolean isLeftAlone = place == Place.HOME && tail == Tail.NONE && isIdle(limits);
        return isLeftAlone ? NextStep.WAIT_FOR_EVENT : NextStep.POLL_LATER;
    }

    /** The next step while no destination takes anything: files that hold something stay open. */
    NextStep nextWithoutSession(Limits limits) {
        if (obstacle == Obstacle.END) {
            return NextStep.FORGET;
        } else if (hasEnded(limits) || isClosable(limits) && reading.isDelivered()) {
            return NextStep.CLOSE;
        }
        return isIdle(limits) ? NextStep.WAIT_FOR_EVENT : NextStep.POLL_LATER;
    }

    /** Whether the next step depends on its present size. */
    static boolean isPolled(Obstacle obstacle, Place place, boolean isOpen, boolean isIdle) {
        return isOpen && obstacle == Obstacle.NONE && (place != Place.HOME || !isIdle);
    }

    private boolean isFixDue() {
        return place == Place.ROTATED && hasPendingFixes;
    }

    private boolean isIdle(Limits limits) {
        return quietNanos >= limits.idleNanos();
    }

    /** Whether no name leads to it, and it is read to its end. */
    private boolean hasEnded(Limits limits) {
        return place == Place.MISSING && reading.isBegun() && reading.isAtEnd() && quietNanos >= limits.endNanos();
    }

    private boolean isClosable(Limits limits) {
        return obstacle == Obstacle.NONE
                && tail == Tail.NONE
                && !isFixDue()
                && reading.isDurable()
                && (!reading.isOpen() || quietNanos >= limits.closeNanos());
    }
}
