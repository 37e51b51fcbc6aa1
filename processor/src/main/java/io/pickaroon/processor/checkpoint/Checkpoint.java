package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.file.FileIdentity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
        return sections.allResetPending()
                || entries.values().stream().anyMatch(entry -> entry.reset().isPending());
    }

    /** The highest reset number, of any file; at least 0. */
    public int highestResets() {
        return entries.values().stream()
                .mapToInt(entry -> entry.reset().number())
                .reduce(sections.reset().number(), Math::max);
    }

    /** The content of a section that another package reads, read-only; empty if there is none. */
    public Optional<ByteBuffer> section(String name) {
        return Optional.ofNullable(sections.unknown().get(name)).map(ByteBuffer::duplicate);
    }

    /** How often a file was reset, whether it has an entry or not. */
    public Reset reset(FileIdentity file) {
        CheckpointEntry entry = entries.get(file);
        return entry == null ? sections.reset() : entry.reset();
    }
}
