package io.pickaroon.processor.read;

import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.CommittedPositions;
import io.pickaroon.processor.commit.OpenFiles;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.RunCounters;
import java.util.Optional;
import reactor.core.scheduler.Scheduler;

/**
 * What all readers of one run share. Immutable; each part may be used by any thread.
 *
 * @param positions what is committed
 * @param commits changes that
 */
public record RunResources(
        Host host,
        RunSettings settings,
        OpenFiles files,
        CommittedPositions positions,
        CommitQueue commits,
        RunCounters counters) {
    /**
     * What a run has of the machine.
     *
     * @param scan threads that scan, and on which log files are opened and looked at
     * @param paces how much of it inputs may use
     */
    public record Host(Machine machine, Scheduler scan, Paces paces) {}

    public Machine machine() {
        return host.machine();
    }

    public Scheduler scan() {
        return host.scan();
    }

    /** How fast an input may be read; empty: as fast as possible. */
    public Optional<Pace> pace(LogInput input) {
        return host.paces().of(input);
    }

    /** What time it is, by a clock that only ever goes forward. */
    public long nowNanos() {
        return host.machine().nanoTime().getAsLong();
    }
}
