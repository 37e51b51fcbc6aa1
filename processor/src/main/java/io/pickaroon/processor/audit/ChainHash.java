package io.pickaroon.processor.audit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the next line of a trail says of a line: its SHA-256, or with a key its HMAC-SHA-256. Used by one thread at a time. */
public final class ChainHash {
    /** What the very first line of a chain says of the line before. */
    public static final String NONE = "0".repeat(64);

    private final MessageDigest digest;
    /** Null without a key. */
    private final Mac mac;

    private ChainHash(MessageDigest digest, Mac mac) {
        this.digest = digest;
        this.mac = mac;
    }

    /**
     * Hashes of a trail.
     *
     * @param key not empty if there is one
     */
    public static ChainHash of(Optional<byte[]> key) {
        try {
            if (key.isEmpty()) {
                return new ChainHash(MessageDigest.getInstance("SHA-256"), null);
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
            return new ChainHash(null, mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public boolean isKeyed() {
        return mac != null;
    }

    /** The hash of {@code [from, to)}, in 64 hexadecimal digits. */
    public String of(byte[] bytes, int from, int to) {
        if (mac == null) {
            digest.update(bytes, from, to - from);
            return HexFormat.of().formatHex(digest.digest());
        }
        mac.update(bytes, from, to - from);
        return HexFormat.of().formatHex(mac.doFinal());
    }
}
