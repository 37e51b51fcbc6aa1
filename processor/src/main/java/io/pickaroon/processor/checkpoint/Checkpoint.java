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
 */
public record Checkpoint(long sequence, Instant writtenAt, Map<FileIdentity, CheckpointEntry> entries) {
    public Checkpoint {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence " + sequence + " is negative");
        }
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
