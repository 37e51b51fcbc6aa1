package io.pickaroon.config.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a line is kept of each change of a log file.
 *
 * @param file the audit trail
 * @param key of the hashes that chain its lines, at least 16 characters; a secret
 * @param rotateAt size from which on the trail is rotated, 1 MiB to 1 TiB
 */
public record AuditSettings(Path file, Optional<String> key, long rotateAt) {
    public AuditSettings {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(key, "key");
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "AuditSettings[file=%s, key=%s, rotateAt=%d]"
                .formatted(file, key.isPresent() ? "****" : "none", rotateAt);
    }
}
