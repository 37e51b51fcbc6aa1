package io.pickaroon.processor.metrics;

import io.pickaroon.processor.delivery.Latencies;
import java.time.Duration;

/**
 * The state of fixing files and committing progress.
 *
 * @param latencies how long each group of windows took to be fixed and made durable, syncs of log files included
 * @param age time since the last moment at which everything delivered was durable
 */
public record CommitFigures(Latencies latencies, Duration age) {
    /** The same state with the groups of an earlier run added. */
    public CommitFigures since(Latencies earlier) {
        return new CommitFigures(latencies.plus(earlier), age);
    }
}
