package io.pickaroon.app.configuration;

import io.pickaroon.app.command.Version;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.settings.AuditSettings;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The audit trail that a configuration names. */
public final class AuditTrails {
    private static final int HASH_DIGITS = 16;

    private AuditTrails() {}

    /**
     * The trail of a run; empty if its changes go into none. Its lines call the configuration by the beginning of its hash, which has
     * no secrets.
     */
    public static Optional<TrailSettings> of(LocatedSettings located) {
        Optional<AuditSettings> audit = located.settings().process().audit();
        if (audit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TrailSettings(
                NamedPath.reachable(audit.get().file()),
                audit.get().key().map(key -> key.getBytes(StandardCharsets.UTF_8)),
                audit.get().rotateAt(),
                Version.number(),
                located.sha256().substring(0, HASH_DIGITS)));
    }

    /** The key in a file: its content without the line end after it, as settings have it. */
    public static byte[] key(Path file) throws IOException {
        String text = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
        if (text.isEmpty()) {
            throw new IOException(NativePath.printable(file) + ": is empty, and a key is not");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
