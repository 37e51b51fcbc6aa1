package io.pickaroon.processor;

import reactor.core.scheduler.Scheduler;

/**
 * What all readings of one run share.
 *
 * @param scan threads that scan, and on which log files are opened and looked at
 */
record RunParts(
        Machine machine,
        Scheduler scan,
        RunSettings settings,
        OpenFiles files,
        Progress progress,
        Preparation preparation,
        RunCounters counters) {}
