package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.checkpoint.CheckpointEntry.Content;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of one entry of a checkpoint. Pure functions. Numbers are big endian.
 *
 * <pre>{@code
 * entry   0        8       16           24       32      40       48              52
 *         +--------+-------+------------+--------+-------+--------+---------------+
 *         | device | inode | birth time | offset | file  | fixed  | generation    |
 *         |        |       | (nanos)    |        | size  | offset |               |
 *         +--------+-------+------------+--------+-------+--------+---------------+
 *         52        60           68                72         76       80      81          83
 *         +---------+------------+-----------------+----------+--------+-------+-----------+----------~
 *         | waiting | gone since | line ends:      | checksum | resets | flags | pathBytes | path     ~
 *         | rules   | s, 0: not  | bytes looked at |          |        |       |           | as bytes ~
 *         +---------+------------+-----------------+----------+--------+-------+-----------+----------~
 *                                                              bit 0: the position starts a record
 *                                                              bit 1: the fixed offset starts a record
 *                                                              bit 2: a reset is pending
 * }</pre>
 *
 * <p>An entry of version 2 has no resets and no bit 2. One of version 1 ends its first row after the file's size, and has
 * flags, pathBytes and path right behind.
 */
final class EntryCodec {
    private static final int FIXED_BYTES = 83;
    private static final int MAXIMUM_PATH_BYTES = 0xffff;
    private static final int FLAG_STARTS_RECORD = 1;
    private static final int FLAG_FIXED_STARTS_RECORD = 2;
    private static final int FLAG_RESET_PENDING = 4;

    private EntryCodec() {}

    static int encodedBytes(CheckpointEntry entry) {
        return FIXED_BYTES + NativePath.bytes(entry.path()).length;
    }

    /** @param formatVersion 2, which leaves resets out, or 3 */
    static void encode(FileIdentity identity, CheckpointEntry entry, int formatVersion, ByteBuffer into) {
        byte[] path = NativePath.bytes(entry.path());
        if (path.length > MAXIMUM_PATH_BYTES) {
            throw new IllegalArgumentException("path of " + path.length + " bytes: " + entry.path());
        }
        into.putLong(identity.device())
                .putLong(identity.inode())
                .putLong(identity.birthTimeNanos())
                .putLong(entry.position().offset())
                .putLong(entry.content().sizeBytes())
                .putLong(entry.waiting().from().offset())
                .putInt(identity.generation())
                .putLong(entry.waiting().rules())
                .putLong(entry.goneSince().map(Instant::getEpochSecond).orElse(0L))
                .putInt(entry.content().lineEnds().lengthBytes())
                .putInt(entry.content().lineEnds().checksum());
        int flags = (entry.position().startsRecord() ? FLAG_STARTS_RECORD : 0)
                | (entry.waiting().from().startsRecord() ? FLAG_FIXED_STARTS_RECORD : 0);
        if (formatVersion > 2) {
            into.putInt(entry.reset().number());
            flags |= entry.reset().isPending() ? FLAG_RESET_PENDING : 0;
        }
        into.put((byte) flags).putShort((short) path.length).put(path);
    }

    /** @throws IllegalArgumentException or BufferUnderflowException if these are not the bytes of an entry */
    static void decode(ByteBuffer payload, int formatVersion, Map<FileIdentity, CheckpointEntry> into) {
        if (formatVersion == 1) {
            decodeVersion1(payload, into);
            return;
        }
        FileIdentity firstSeen = identity(payload);
        long offset = payload.getLong();
        long sizeBytes = payload.getLong();
        long fixedOffset = payload.getLong();
        FileIdentity identity = firstSeen.ofGeneration(payload.getInt());
        long waitingRules = payload.getLong();
        long goneSeconds = payload.getLong();
        LineEnds lineEnds = new LineEnds(payload.getInt(), payload.getInt());
        int resets = formatVersion > 2 ? payload.getInt() : 0;
        int known = FLAG_STARTS_RECORD | FLAG_FIXED_STARTS_RECORD | (formatVersion > 2 ? FLAG_RESET_PENDING : 0);
        int flags = flags(payload, known);
        into.put(
                identity,
                new CheckpointEntry(
                        path(payload),
                        new Position(offset, (flags & FLAG_STARTS_RECORD) != 0),
                        new Waiting(new Position(fixedOffset, (flags & FLAG_FIXED_STARTS_RECORD) != 0), waitingRules),
                        new Content(sizeBytes, lineEnds),
                        goneSeconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(goneSeconds)),
                        new Reset(resets, (flags & FLAG_RESET_PENDING) != 0)));
    }

    private static void decodeVersion1(ByteBuffer payload, Map<FileIdentity, CheckpointEntry> into) {
        FileIdentity identity = identity(payload);
        long offset = payload.getLong();
        long sizeBytes = payload.getLong();
        int flags = flags(payload, FLAG_STARTS_RECORD);
        Position position = new Position(offset, flags == FLAG_STARTS_RECORD);
        into.put(identity, new CheckpointEntry(path(payload), position, sizeBytes));
    }

    private static FileIdentity identity(ByteBuffer payload) {
        return new FileIdentity(payload.getLong(), payload.getLong(), payload.getLong());
    }

    private static int flags(ByteBuffer payload, int known) {
        int flags = payload.get();
        if ((flags & ~known) != 0) {
            throw new IllegalArgumentException("unknown flags " + flags);
        }
        return flags;
    }

    private static Path path(ByteBuffer payload) {
        byte[] path = new byte[Short.toUnsignedInt(payload.getShort())];
        payload.get(path);
        return NativePath.absolute(path);
    }
}
