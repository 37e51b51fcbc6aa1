package io.pickaroon.processor.read;

import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.OpenFiles;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.RunCounters;
import reactor.core.scheduler.Scheduler;

/**
 * What all readings of one run share.
 *
 * @param scan threads that scan, and on which log files are opened and looked at
 */
public record RunResources(
        Machine machine,
        Scheduler scan,
        RunSettings settings,
        OpenFiles files,
        Committer progress,
        CommitQueue preparation,
        RunCounters counters) {}
