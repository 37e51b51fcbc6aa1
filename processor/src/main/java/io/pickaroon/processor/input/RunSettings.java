package io.pickaroon.processor.input;

import java.time.Duration;

/**
 * How a run uses the machine.
 *
 * @param once whether the run ends at the present end of the files; otherwise it follows them as they grow
 * @param threads windows scanned at the same time, at least 1
 * @param maxOpenFiles files read at the same time, at least 1
 * @param checkpointInterval how long progress may be in memory only before it is committed
 * @param pollInterval how often a followed file that has just grown is polled
 * @param following how files are followed, if they are
 */
public record RunSettings(
        boolean once,
        int threads,
        int maxOpenFiles,
        Duration checkpointInterval,
        Duration pollInterval,
        FollowSettings following) {
    /** How long progress is in memory only, unless a setting says otherwise. */
    public static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    /** How often a file that has just grown is polled. */
    public static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private static final int MOST_OPEN_FILES = 256;

    public RunSettings {
        if (threads < 1 || maxOpenFiles < 1) {
            throw new IllegalArgumentException("threads and maxOpenFiles must be at least 1");
        }
    }

    /** Files that are read at the same time: more would only fill memory with what waits. */
    public int filesAtOnce() {
        return Math.min(maxOpenFiles, threads + 1);
    }

    /** Ends at the end of the files, with a thread for each processor. */
    public static RunSettings untilEndOfFiles() {
        return usual(true);
    }

    /** Follows the files until it is stopped, with a thread for each processor. */
    public static RunSettings follow() {
        return usual(false);
    }

    private static RunSettings usual(boolean once) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new RunSettings(
                once, processors, MOST_OPEN_FILES, CHECKPOINT_INTERVAL, POLL_INTERVAL, FollowSettings.STANDARD);
    }
}
