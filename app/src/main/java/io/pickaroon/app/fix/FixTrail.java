package io.pickaroon.app.fix;

import io.pickaroon.app.command.Version;
import io.pickaroon.app.configuration.AuditTrails;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.audit.TrailSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The audit trail of a command that fixes one file after another. Used by one thread. */
final class FixTrail {
    private Optional<TrailSettings> settings;

    private FixTrail(Optional<TrailSettings> settings) {
        this.settings = settings;
    }

    /** @param settings empty if changes go into no trail */
    static FixTrail of(Optional<TrailSettings> settings) {
        return new FixTrail(settings);
    }

    /**
     * The trail that options name.
     *
     * @param keyFile holds the key, if there is one
     * @param kind what kind of fix it is
     * @throws IOException if the key cannot be read, or is empty
     */
    static TrailSettings named(Path file, Optional<Path> keyFile, String kind) throws IOException {
        Optional<byte[]> key = Optional.empty();
        if (keyFile.isPresent()) {
            key = Optional.of(AuditTrails.key(keyFile.get()));
        }
        return new TrailSettings(
                file.toAbsolutePath(), key, TrailSettings.ROTATE_BYTES, Version.number(), FixState.hash(kind));
    }

    /** For the next file. */
    Optional<TrailSettings> next() {
        return settings;
    }

    /** What is known by now need not be checked for the next file. */
    void learn(RunState kept) {
        kept.trailEnd().ifPresent(end -> settings = settings.map(trail -> trail.knownTo(end)));
    }
}
