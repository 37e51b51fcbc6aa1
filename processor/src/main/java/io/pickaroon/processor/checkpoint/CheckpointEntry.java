package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.file.Position;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How far one log file has been dealt with.
 *
 * @param path where the file was when the entry was written; the file is known by its identity, not by this
 * @param position every record that starts before it is delivered and fixed
 * @param sizeBytes size of the file when the entry was written
 */
public record CheckpointEntry(Path path, Position position, long sizeBytes) {
    public CheckpointEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(position, "position");
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size " + sizeBytes + " is negative");
        }
    }
}
