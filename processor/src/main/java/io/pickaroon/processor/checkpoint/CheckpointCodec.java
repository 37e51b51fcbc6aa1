package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.Blocks;
import io.pickaroon.processor.file.FileIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of a checkpoint file, format version 3; versions 1 and 2 are read too. Pure functions, no I/O.
 *
 * <p>The file is two slots of the same capacity, written in turn: a checkpoint with an even sequence number goes to slot
 * A, one with an odd number to slot B. So the slot being written is never the one that counts, and a write that a crash
 * tore leaves the other. Numbers are big endian; sizes are in bytes.
 *
 * <pre>{@code
 * file    0                      slotBytes              2 * slotBytes
 *         +----------------------+----------------------+
 *         |        slot A        |        slot B        |
 *         +----------------------+----------------------+
 *
 * slot    0        52                  52 + payloadBytes   usedBytes          slotBytes
 *         +--------+-------------------+-------------------+------------------+
 *         | header | entries, sections | zeros to a block  | old bytes, zeros |
 *         +--------+-------------------+-------------------+------------------+
 *         |<------ covered by the checksum, written ------>|
 *
 * header  0          8         12        16         24               32           36
 *         +----------+---------+---------+----------+----------------+------------+
 *         | magic    | format  | CRC-32C | sequence | written at, s  | nanos of s |
 *         | PICKCKPT | version |         |          | since 1970     |            |
 *         +----------+---------+---------+----------+----------------+------------+
 *         36           40          44             48           52
 *         +------------+-----------+--------------+------------+
 *         | blockBytes | slotBytes | payloadBytes | entryCount |
 *         +------------+-----------+--------------+------------+
 * }</pre>
 *
 * <p>The payload is the entries, see {@link EntryCodec}, and from version 3 on the sections, see {@link SectionCodec}.
 *
 * <p>{@code usedBytes} is {@code 52 + payloadBytes}, rounded up to {@code blockBytes}. The checksum covers the used bytes
 * except the checksum itself, the padding included, so that a flip of any bit that was written is detected. Magic, format
 * version, checksum, block and payload size keep their place and meaning in every later format: thus a damaged slot is
 * never taken for one of a newer format, nor the other way round.
 */
public final class CheckpointCodec {
    static final int FORMAT_VERSION = 3;

    /** The oldest format that is still written, for a version of Pickaroon that reads no later one. */
    static final int DOWNGRADED_FORMAT_VERSION = 2;

    static final int HEADER_BYTES = 52;

    /** Largest capacity of a slot: the whole file can be held in memory. */
    static final int MAXIMUM_SLOT_BYTES = 1 << 29;

    private static final long MAGIC = 0x5049_434b_434b_5054L;
    private static final int MINIMUM_BLOCK_BYTES = 512;

    private static final int AT_FORMAT_VERSION = 8;
    private static final int AT_CHECKSUM = 12;
    private static final int AT_SEQUENCE = 16;
    private static final int AT_WRITTEN_SECONDS = 24;
    private static final int AT_WRITTEN_NANOS = 32;
    private static final int AT_BLOCK_BYTES = 36;
    private static final int AT_SLOT_BYTES = 40;
    private static final int AT_PAYLOAD_BYTES = 44;
    private static final int AT_ENTRY_COUNT = 48;

    private CheckpointCodec() {}

    /** 0 for slot A, 1 for slot B. */
    static int slotIndex(long sequence) {
        return (int) (sequence & 1);
    }

    /** Bytes that a checkpoint takes in a slot, in the format of this version and rounded up to whole blocks. */
    static long usedBytes(Checkpoint checkpoint, int blockBytes) {
        long bytes = (long) HEADER_BYTES + SectionCodec.encode(checkpoint.sections(), checkpoint.entries()).length;
        for (CheckpointEntry entry : checkpoint.entries().values()) {
            bytes += EntryCodec.encodedBytes(entry);
        }
        return Blocks.roundUp(bytes, blockBytes);
    }

    /** In the format of this version; see {@link #encode(Checkpoint, int, int, int, ByteBuffer)}. */
    static void encode(Checkpoint checkpoint, int blockBytes, int slotBytes, ByteBuffer into) {
        encode(checkpoint, FORMAT_VERSION, blockBytes, slotBytes, into);
    }

    /**
     * Writes the used bytes of a slot into a buffer, from index 0, and leaves it ready to be read from.
     *
     * @param formatVersion 3, or 2, which leaves out what that version does not know
     * @param blockBytes a power of two, at least 512
     * @param slotBytes capacity of the slot
     * @throws java.nio.BufferOverflowException if the buffer is too small for the checkpoint
     * @throws IllegalArgumentException if a path is longer than 65,535 bytes
     */
    static void encode(Checkpoint checkpoint, int formatVersion, int blockBytes, int slotBytes, ByteBuffer into) {
        into.clear().order(ByteOrder.BIG_ENDIAN);
        into.putLong(MAGIC)
                .putInt(formatVersion)
                .putInt(0)
                .putLong(checkpoint.sequence())
                .putLong(checkpoint.writtenAt().getEpochSecond())
                .putInt(checkpoint.writtenAt().getNano())
                .putInt(blockBytes)
                .putInt(slotBytes)
                .putInt(0)
                .putInt(checkpoint.entries().size());
        checkpoint.entries().forEach((identity, entry) -> EntryCodec.encode(identity, entry, formatVersion, into));
        if (formatVersion > 2) {
            into.put(SectionCodec.encode(checkpoint.sections(), checkpoint.entries()));
        }
        int payloadBytes = into.position() - HEADER_BYTES;
        into.putInt(AT_PAYLOAD_BYTES, payloadBytes);
        int usedBytes = (int) Blocks.roundUp(into.position(), blockBytes);
        into.put(new byte[usedBytes - into.position()]);
        into.flip();
        into.putInt(AT_CHECKSUM, Blocks.checksum(into, AT_CHECKSUM, usedBytes));
    }

    /** Both slots of a file whose whole content is what remains in the buffer. */
    static Slots decodeFile(ByteBuffer file) {
        int fileBytes = file.remaining();
        int half = fileBytes / 2;
        ByteBuffer slotA = file.slice(file.position(), half);
        ByteBuffer slotB = file.slice(file.position() + half, half);
        return new Slots(decode(0, slotA, fileBytes), decode(1, slotB, fileBytes));
    }

    /**
     * @param slotIndex 0 for slot A, 1 for slot B
     * @param slot what is in the file where the slot should be
     * @param fileBytes size of the file, which a slot knows and which must agree
     */
    static Slot decode(int slotIndex, ByteBuffer slot, long fileBytes) {
        ByteBuffer bytes = slot.slice().order(ByteOrder.BIG_ENDIAN);
        if (isZero(bytes)) {
            return new Slot.Unwritten();
        }
        if (bytes.remaining() < HEADER_BYTES) {
            return new Slot.Invalid("too short for a header");
        }
        if (bytes.getLong(0) != MAGIC) {
            return new Slot.Invalid("does not begin as a checkpoint");
        }
        int blockBytes = bytes.getInt(AT_BLOCK_BYTES);
        int payloadBytes = bytes.getInt(AT_PAYLOAD_BYTES);
        if (blockBytes < MINIMUM_BLOCK_BYTES || Integer.bitCount(blockBytes) != 1 || payloadBytes < 0) {
            return new Slot.Invalid("damaged: impossible sizes in the header");
        }
        long usedBytes = Blocks.roundUp((long) HEADER_BYTES + payloadBytes, blockBytes);
        if (usedBytes > bytes.remaining()) {
            return new Slot.Invalid("cut short: needs " + usedBytes + " bytes, has " + bytes.remaining());
        }
        if (bytes.getInt(AT_CHECKSUM) != Blocks.checksum(bytes, AT_CHECKSUM, (int) usedBytes)) {
            return new Slot.Invalid("torn or damaged: the checksum does not match");
        }
        int version = bytes.getInt(AT_FORMAT_VERSION);
        if (version > FORMAT_VERSION) {
            return new Slot.NewerFormat(version);
        }
        if (version < 1) {
            return new Slot.Invalid("format version " + version + " does not exist");
        }
        int slotBytes = bytes.getInt(AT_SLOT_BYTES);
        if (2L * slotBytes != fileBytes) {
            return new Slot.Invalid("the file has " + fileBytes + " bytes and should have " + 2L * slotBytes);
        }
        return decodeChecked(slotIndex, bytes, (int) usedBytes);
    }

    /** Decodes a slot with the right checksum: what is wrong now was written wrongly. */
    private static Slot decodeChecked(int slotIndex, ByteBuffer bytes, int usedBytes) {
        long sequence = bytes.getLong(AT_SEQUENCE);
        if (sequence < 0 || slotIndex(sequence) != slotIndex) {
            return new Slot.Invalid("sequence " + sequence + " does not belong in this slot");
        }
        try {
            Instant writtenAt =
                    Instant.ofEpochSecond(bytes.getLong(AT_WRITTEN_SECONDS), bytes.getInt(AT_WRITTEN_NANOS));
            int entryCount = bytes.getInt(AT_ENTRY_COUNT);
            ByteBuffer payload = bytes.slice(HEADER_BYTES, bytes.getInt(AT_PAYLOAD_BYTES));
            Map<FileIdentity, CheckpointEntry> entries = new LinkedHashMap<>();
            int formatVersion = bytes.getInt(AT_FORMAT_VERSION);
            for (int i = 0; i < entryCount; i++) {
                EntryCodec.decode(payload, formatVersion, entries);
            }
            CheckpointSections sections =
                    formatVersion > 2 ? SectionCodec.decode(payload, entries) : CheckpointSections.NONE;
            if (payload.hasRemaining() || entries.size() != entryCount) {
                return new Slot.Invalid("the number of its entries does not match");
            }
            return new Slot.Valid(
                    new Checkpoint(sequence, writtenAt, entries, sections), bytes.getInt(AT_SLOT_BYTES), usedBytes);
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
            return new Slot.Invalid("holds what cannot be: " + e);
        }
    }

    private static boolean isZero(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
