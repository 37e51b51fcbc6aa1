package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.file.FileIdentity;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Progress of all log files as of one commit. Immutable.
 *
 * @param sequence number of commits before this one since the checkpoint file was made, at least 0
 * @param writtenAt when it was committed
 * @param entries one for each log file, in the order in which the files were first seen
 * @param sections what it holds besides
 */
public record Checkpoint(
        long sequence, Instant writtenAt, Map<FileIdentity, CheckpointEntry> entries, CheckpointSections sections) {
    public Checkpoint {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence " + sequence + " is negative");
        }
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** True if files were reset and no destination has been told. */
    public boolean hasPendingResets() {
        return sections.allResetPending() || entries.values().stream().anyMatch(CheckpointEntry::isResetPending);
    }

    /** The highest reset number, of any file; at least 0. */
    public int highestResets() {
        return entries.values().stream().mapToInt(CheckpointEntry::resets).reduce(sections.resets(), Math::max);
    }

    /** The reset number of a file. */
    public int resets(FileIdentity file) {
        CheckpointEntry entry = entries.get(file);
        return entry == null ? sections.resets() : entry.resets();
    }

    /** True if a file was reset and no destination has been told: its positions there do not count. */
    public boolean isResetPending(FileIdentity file) {
        CheckpointEntry entry = entries.get(file);
        return entry == null ? sections.allResetPending() : entry.isResetPending();
    }
}
