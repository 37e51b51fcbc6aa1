package io.pickaroon.processor.read;

import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.CommittedPositions;
import io.pickaroon.processor.commit.OpenFiles;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.RunCounters;
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
     */
    public record Host(Machine machine, Scheduler scan) {}

    public Machine machine() {
        return host.machine();
    }

    public Scheduler scan() {
        return host.scan();
    }

    /** What time it is, by a clock that only ever goes forward. */
    public long nowNanos() {
        return host.machine().nanoTime().getAsLong();
    }
}
