package io.pickaroon.processor.rule;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
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
 *              over the generation (4 bytes) if the file was truncated and began again; or over the text that the file has
 *              for it, in UTF-8
 *   1..16      offset of the record in the file, without leading zeros
 *   8 digits   first 4 bytes of SHA-256 over the rule's id in UTF-8
 * </pre>
 *
 * <p>It stays the same when the file is renamed or appended to, and when a record is sent again. Immutable.
 *
 * <p>The hash of an id is FNV-1a with 64 bits over its ASCII bytes, mixed by the finalizer of MurmurHash3 with 64 bits. Programs
 * that repeat the choice of a {@link Sample} compute it from the id alone, so the way to compute it must not change.
 *
 * @see <a href="https://datatracker.ietf.org/doc/rfc9923/">FNV</a>
 * @see <a href="https://github.com/aappleby/smhasher/wiki/MurmurHash3">MurmurHash3</a>
 */
public final class MatchIds {
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long fileHash;
    private final byte[] filePart;
    /** FNV-1a over the part of an id before the offset. */
    private final long fnvOfFile;

    public MatchIds(FileIdentity identity) {
        byte[] identityBytes = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(identity.device())
                .putLong(identity.inode())
                .putLong(identity.birthTimeNanos())
                .array();
        long hash = firstLong(identityBytes);
        this(hash, identity.generation() == 0 ? hash : generationHash(identityBytes, identity.generation()));
    }

    private MatchIds(long fileHash, long generationHash) {
        this.fileHash = fileHash;
        this.filePart = ascii(HexFormat.of().toHexDigits(generationHash));
        this.fnvOfFile = fnv(fnv(FNV_OFFSET_BASIS, filePart), '-');
    }

    /** Those of a file that is named by a text, the same on all hosts; a generation is part of the text. */
    public static MatchIds of(String text) {
        long hash = firstLong(text.getBytes(StandardCharsets.UTF_8));
        return new MatchIds(hash, hash);
    }

    /** Those of an open file: of the text that it has for them, or of its identity. */
    public static MatchIds of(LogFile file) {
        return file.idText().map(MatchIds::of).orElseGet(() -> new MatchIds(file.identity()));
    }

    private static long firstLong(byte[] bytes) {
        return ByteBuffer.wrap(sha256(bytes)).getLong();
    }

    private static long generationHash(byte[] identityBytes, int generation) {
        byte[] bytes = ByteBuffer.allocate(identityBytes.length + Integer.BYTES)
                .put(identityBytes)
                .putInt(generation)
                .array();
        return firstLong(bytes);
    }

    /** The part of an id for a rule. */
    public static byte[] rulePart(String ruleId) {
        byte[] digest = sha256(ruleId.getBytes(StandardCharsets.UTF_8));
        return ascii(HexFormat.of().formatHex(digest, 0, 4));
    }

    /** A hash that spreads files evenly; the same for all generations of a file, unless a text names it. */
    public long fileHash() {
        return fileHash;
    }

    /** The id as ASCII bytes. */
    public byte[] id(long recordOffset, byte[] rulePart) {
        int offsetDigits = digits(recordOffset);
        byte[] id = new byte[filePart.length + 1 + offsetDigits + 1 + rulePart.length];
        System.arraycopy(filePart, 0, id, 0, filePart.length);
        int at = filePart.length;
        id[at++] = '-';
        for (int digit = offsetDigits - 1; digit >= 0; digit--) {
            id[at++] = digit(recordOffset, digit);
        }
        id[at++] = '-';
        System.arraycopy(rulePart, 0, id, at, rulePart.length);
        return id;
    }

    /** The hash of {@link #id}, which is not made. */
    public long hash(long recordOffset, byte[] rulePart) {
        long fnv = fnvOfFile;
        for (int digit = digits(recordOffset) - 1; digit >= 0; digit--) {
            fnv = fnv(fnv, digit(recordOffset, digit));
        }
        return mixed(fnv(fnv(fnv, '-'), rulePart));
    }

    /** The hash of an id. */
    public static long hash(byte[] id) {
        return mixed(fnv(FNV_OFFSET_BASIS, id));
    }

    private static long fnv(long hash, byte[] bytes) {
        long next = hash;
        for (byte each : bytes) {
            next = fnv(next, each);
        }
        return next;
    }

    private static long fnv(long hash, int asciiByte) {
        return (hash ^ asciiByte) * FNV_PRIME;
    }

    /** FNV-1a alone leaves patterns in the lowest bits. */
    private static long mixed(long hash) {
        long next = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        next = (next ^ (next >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return next ^ (next >>> 33);
    }

    private static int digits(long recordOffset) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(recordOffset) + 3) / 4);
    }

    private static byte digit(long recordOffset, int digit) {
        return HEX_DIGITS[(int) (recordOffset >>> (4 * digit)) & 0xf];
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
