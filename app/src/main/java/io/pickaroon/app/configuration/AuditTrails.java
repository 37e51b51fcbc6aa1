package io.pickaroon.app.configuration;

import io.pickaroon.app.command.Version;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.config.settings.AuditSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The audit trail that a configuration names. */
public final class AuditTrails {
    private static final int HASH_DIGITS = 16;

    private AuditTrails() {}

    /**
     * The trail of a run; empty if its changes go into none.
     *
     * @param configuration the file of the settings
     * @throws IOException if that cannot be read any more
     */
    public static Optional<TrailSettings> of(Settings settings, Path configuration) throws IOException {
        Optional<AuditSettings> audit = settings.process().audit();
        if (audit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TrailSettings(
                NamedPath.reachable(audit.get().file()),
                audit.get().key().map(key -> key.getBytes(StandardCharsets.UTF_8)),
                audit.get().rotateAt(),
                Version.number(),
                hash(Files.readAllBytes(configuration))));
    }

    /** The key in a file: its content without the line end after it, as settings have it. */
    public static byte[] key(Path file) throws IOException {
        String text = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
        if (text.isEmpty()) {
            throw new IOException(NativePath.printable(file) + ": is empty, and a key is not");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What lines of a trail call a configuration: the beginning of its SHA-256, as it is written. What variables and other files
     * bring is no part of it.
     */
    public static String hash(byte[] configuration) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(configuration);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
