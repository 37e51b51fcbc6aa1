package io.pickaroon.processor;

import java.time.Duration;

/**
 * The state of what fixes files and makes progress durable.
 *
 * @param count groups of windows that this run has fixed and made durable so far
 * @param total time they took together, fixes and syncs of log files included
 * @param age time since everything that was delivered by then was durable
 */
public record CommitFigures(long count, Duration total, Duration age) {}
