package io.pickaroon.processor.follow;

/** What {@link FollowScheduler} does next with a file that does not wait for a turn. */
enum NextStep {
    /** Gives it a turn. */
    READ,
    /** Asks again at the next poll. */
    POLL_LATER,
    /** Leaves it alone until inotify or a directory scan reports a change. */
    WAIT_FOR_EVENT,
    /** Closes it, until inotify or a directory scan reports a change. */
    CLOSE,
    /** Closes it for good. */
    FORGET
}
