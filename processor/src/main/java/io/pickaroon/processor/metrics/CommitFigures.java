package io.pickaroon.processor.metrics;

import io.pickaroon.processor.delivery.Latencies;
import java.time.Duration;
import java.util.Optional;

/**
 * The state of fixing files and committing progress.
 *
 * @param latencies how long each group of windows took to be fixed and made durable, syncs of log files included
 * @param age time since the last moment at which everything delivered was durable
 * @param waitsForRoom why the checkpoint waits for room on its file system, if it does
 */
public record CommitFigures(Latencies latencies, Duration age, Optional<String> waitsForRoom) {
    /** The same state with the groups of an earlier run added. */
    public CommitFigures since(Latencies earlier) {
        return new CommitFigures(latencies.plus(earlier), age, waitsForRoom);
    }
}
