package io.pickaroon.processor.metrics;

import io.pickaroon.processor.delivery.Latencies;
import java.time.Duration;

/**
 * The state of what fixes files and makes progress durable.
 *
 * @param latencies how long each group of windows took to be fixed and made durable, syncs of log files included
 * @param age time since everything that was delivered by then was durable
 */
public record CommitFigures(Latencies latencies, Duration age) {
    /** The same state with the groups of an earlier run added. */
    public CommitFigures since(Latencies earlier) {
        return new CommitFigures(latencies.plus(earlier), age);
    }
}
