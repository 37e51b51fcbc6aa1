package io.pickaroon.app.pipeline;

import io.pickaroon.processor.time.TimeRange;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a configuration is run, by the command line.
 *
 * @param once whether to end at the end of the files
 * @param fromBeginning whether to read every file from its start, even what the checkpoint and the destination know as delivered
 * @param longestWait how long the brokers of a destination may be silent, and the checkpoint may wait for room on its disk,
 *     before the run gives up; empty: without limit
 * @param range the time of the records that are read, in a dry run to the end of the files; the slack is that of each input. Empty:
 *     those of any time are
 */
public record RunOptions(
        boolean once, boolean fromBeginning, Optional<Duration> longestWait, Optional<TimeRange> range) {
    /** How long a run to the end of the files waits, unless the command line says otherwise. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** To the end of the files, from where an earlier run came to. */
    public static final RunOptions ONCE = new RunOptions(true, false, Optional.empty());

    /** Reads records of any time. */
    public RunOptions(boolean once, boolean fromBeginning, Optional<Duration> longestWait) {
        this(once, fromBeginning, longestWait, Optional.empty());
    }

    public RunOptions {
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(longestWait, "longestWait");
    }
}
