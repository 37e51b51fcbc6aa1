package io.pickaroon.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where progress is kept on disk.
 *
 * @param path the checkpoint file
 * @param interval how long progress may stay in memory only, 1 ms to 1 h; what was read in that time may be read again
 *     after a crash
 * @param forgetAfter how long a file that is nowhere to be found is remembered, 1 min to 3,650 d
 */
public record CheckpointSettings(Path path, Duration interval, Duration forgetAfter) {
    public CheckpointSettings {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(forgetAfter, "forgetAfter");
    }
}
