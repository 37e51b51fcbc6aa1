package io.pickaroon.connect.task;

import java.time.Duration;

/**
 * When it is decided anew what is read of a split: at a time that was set, after a wait for the owner of split 0, or after a pause,
 * which grows as long as its file cannot be read. For one thread.
 */
final class LookTimes {
    private static final int THOROUGH_LOOKS = 6;
    private static final long FIRST_WAIT_NANOS = Duration.ofMillis(200).toNanos();
    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final long longestWaitNanos;
    private long lookNanos;
    private long waitNanos = FIRST_WAIT_NANOS;
    private long pauseNanos;
    private boolean wasShorter;
    private int looks;

    /**
     * @param longestWait between two looks while it waits for the owner of split 0
     * @param nowNanos when it is looked at first
     */
    LookTimes(Duration longestWait, long nowNanos) {
        this.longestWaitNanos = longestWait.toNanos();
        this.lookNanos = nowNanos;
    }

    /** For how long a look has been due; negative if it is not. */
    long overdueNanos(long nowNanos) {
        return nowNanos - lookNanos;
    }

    /** It is looked at then. */
    void at(long nanos) {
        lookNanos = nanos;
    }

    /** The decision was to wait. */
    void waits(long nowNanos) {
        lookNanos = nowNanos + waitNanos;
        waitNanos = Math.min(2 * waitNanos, longestWaitNanos);
    }

    /** The decision was to read. */
    void reads(long nextLookNanos) {
        wasShorter = false;
        waitNanos = FIRST_WAIT_NANOS;
        lookNanos = nextLookNanos;
    }

    /** True if the file was found to be shorter than what was read of it, now and before: once is not enough. */
    boolean isShorterAgain(long nowNanos) {
        if (!wasShorter) {
            wasShorter = true;
            lookNanos = nowNanos + FIRST_PAUSE_NANOS;
            return false;
        }
        return true;
    }

    /** Its file is other content now: it is looked at at once, or when a file that was shorter is looked at again. */
    void startsAnew(long nowNanos) {
        lookNanos = wasShorter ? Math.max(lookNanos, nowNanos) : nowNanos;
    }

    /** It could not be read. */
    void failed(long nowNanos) {
        pauseNanos = pauseNanos == 0 ? FIRST_PAUSE_NANOS : Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        lookNanos = nowNanos + pauseNanos;
    }

    /** Something of it could be read. */
    void recovered() {
        pauseNanos = 0;
    }

    /** True if the last time it could not be read. */
    boolean isFailing() {
        return pauseNanos > 0;
    }

    /** Whether a look is to be a thorough one: the first is, and every so many, while the others follow each other quickly. */
    boolean isThorough() {
        return looks % THOROUGH_LOOKS == 0;
    }

    /** It is looked at. */
    void looked() {
        looks++;
    }
}
