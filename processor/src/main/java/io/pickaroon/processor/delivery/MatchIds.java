package io.pickaroon.processor.delivery;

import io.pickaroon.processor.file.FileIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes the ids of the matches of one file, by which a consumer recognizes a match that it has seen before.
 *
 * <p>An id is ASCII text of three hexadecimal parts joined by {@code -}:
 *
 * <pre>
 *   16 digits  first 8 bytes of SHA-256 over device, inode and birth time of the file (big-endian, 8 bytes each), and
 *              over the generation (4 bytes) if the file was truncated and began again
 *   1..16      offset of the record in the file, without leading zeros
 *   8 digits   first 4 bytes of SHA-256 over the rule's id in UTF-8
 * </pre>
 *
 * <p>It stays the same when the file is renamed or appended to, and when a record is sent again. Immutable.
 */
public final class MatchIds {
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final long fileHash;
    private final byte[] filePart;

    public MatchIds(FileIdentity identity) {
        byte[] identityBytes = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(identity.device())
                .putLong(identity.inode())
                .putLong(identity.birthTimeNanos())
                .array();
        this.fileHash = ByteBuffer.wrap(sha256(identityBytes)).getLong();
        this.filePart = ascii(HexFormat.of()
                .toHexDigits(
                        identity.generation() == 0 ? fileHash : generationHash(identityBytes, identity.generation())));
    }

    private static long generationHash(byte[] identityBytes, int generation) {
        byte[] bytes = ByteBuffer.allocate(identityBytes.length + Integer.BYTES)
                .put(identityBytes)
                .putInt(generation)
                .array();
        return ByteBuffer.wrap(sha256(bytes)).getLong();
    }

    /** The part of an id for a rule. */
    public static byte[] rulePart(String ruleId) {
        byte[] digest = sha256(ruleId.getBytes(StandardCharsets.UTF_8));
        return ascii(HexFormat.of().formatHex(digest, 0, 4));
    }

    /** A hash that spreads files evenly; the same for all generations of a file. */
    public long fileHash() {
        return fileHash;
    }

    /** The id as ASCII bytes. */
    public byte[] id(long recordOffset, byte[] rulePart) {
        int offsetDigits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(recordOffset) + 3) / 4);
        byte[] id = new byte[filePart.length + 1 + offsetDigits + 1 + rulePart.length];
        System.arraycopy(filePart, 0, id, 0, filePart.length);
        int at = filePart.length;
        id[at++] = '-';
        for (int digit = offsetDigits - 1; digit >= 0; digit--) {
            id[at++] = HEX_DIGITS[(int) (recordOffset >>> (4 * digit)) & 0xf];
        }
        id[at++] = '-';
        System.arraycopy(rulePart, 0, id, at, rulePart.length);
        return id;
    }

    /** The id as text. */
    public String idText(long recordOffset, byte[] rulePart) {
        return new String(id(recordOffset, rulePart), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
