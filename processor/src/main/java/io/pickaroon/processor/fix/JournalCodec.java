package io.pickaroon.processor.fix;

import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.directio.Blocks;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.RedoEntry.RedoEdit;
import io.pickaroon.processor.fix.RedoEntry.RedoRecord;
import io.pickaroon.processor.scan.EditBatch;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of a redo journal, format version 2. Pure functions, no I/O. Numbers are big endian; sizes are in bytes.
 *
 * <p>The journal holds one group of windows, from the start of the file; the next group overwrites it. A group that was
 * not written to its end fails its checksum and counts as absent, which is right: nothing of it was done yet.
 *
 * <pre>{@code
 * journal 0          8         12        16                    24             28           32
 *         +----------+---------+---------+---------------------+--------------+------------+----------~
 *         | magic    | format  | CRC-32C | sequence of the     | payloadBytes | entryCount | payload  ~  zeros to a block
 *         | PICKREDO | version |         | checkpoint before   |              |            | (entries)~
 *         +----------+---------+---------+---------------------+--------------+------------+----------~
 *
 * entry   0        8       16           24           28          36      44      45        49          51
 *         +--------+-------+------------+------------+-----------+-------+-------+---------+-----------+------~---------~
 *         | device | inode | birth time | generation | offset of | rules | flags | record- | pathBytes | path ~ records ~
 *         |        |       | (nanos)    |            | the end   |       |       | Count   |           |      ~         ~
 *         +--------+-------+------------+------------+-----------+-------+-------+---------+-----------+------~---------~
 *                                                                          bit 0: the end starts a record
 *                                                                          bit 1: fixes that waited for the rotation
 *
 * record  0        8        12      16          20                   edit  0       4        8
 *         +--------+--------+-------+-----------+-------~                  +-------+--------+------------~
 *         | offset | length | guard | editCount | edits ~                  | start | length | new bytes  ~
 *         +--------+--------+-------+-----------+-------~                  +-------+--------+------------~
 * }</pre>
 *
 * <p>Magic, format version, checksum and payload size keep their place in every later format. The checksum covers header
 * and payload except itself. Old bytes are never in it: they may be secrets.
 */
final class JournalCodec {
    static final int FORMAT_VERSION = 2;
    static final int HEADER_BYTES = 32;

    private static final long MAGIC = 0x5049_434b_5245_444fL;
    private static final int AT_CHECKSUM = 12;
    private static final int ENTRY_BYTES = 51;
    private static final int FLAG_STARTS_RECORD = 1;
    private static final int FLAG_WAITED = 2;
    private static final int RECORD_BYTES = 20;
    private static final int EDIT_BYTES = 8;

    /** What a journal holds. */
    record Group(long checkpointSequence, List<RedoEntry> entries) {}

    private JournalCodec() {}

    /**
     * True if the changes of a group were complete, because a checkpoint has passed it.
     *
     * @param groupSequence sequence of the checkpoint before the group
     * @param currentSequence sequence of the checkpoint that counts
     */
    static boolean isFinished(long groupSequence, long currentSequence) {
        return groupSequence < currentSequence;
    }

    /** Bytes of the journal of a group, not rounded up. */
    static long usedBytes(List<DeliveredWindow> windows) {
        long bytes = HEADER_BYTES;
        for (DeliveredWindow window : windows) {
            EditBatch edits = window.scanned().edits();
            bytes += ENTRY_BYTES + pathBytes(window).length;
            bytes += (long) RECORD_BYTES * edits.recordCount() + (long) EDIT_BYTES * edits.size();
            for (int edit = 0; edit < edits.size(); edit++) {
                bytes += edits.length(edit);
            }
        }
        return bytes;
    }

    /** Writes the journal of a group at position 0, fills up with zeros to the limit, and sets position 0 again. */
    static void encode(
            List<DeliveredWindow> windows, Map<FileIdentity, Long> rules, long checkpointSequence, ByteBuffer into) {
        into.position(HEADER_BYTES);
        windows.forEach(window -> encode(window, rules.get(window.file().identity()), into));
        int end = into.position();
        into.put(new byte[into.remaining()]);
        into.putLong(0, MAGIC);
        into.putInt(8, FORMAT_VERSION);
        into.putLong(16, checkpointSequence);
        into.putInt(24, end - HEADER_BYTES);
        into.putInt(28, windows.size());
        into.putInt(AT_CHECKSUM, Blocks.checksum(into, AT_CHECKSUM, end));
        into.position(0);
    }

    private static void encode(DeliveredWindow window, long rules, ByteBuffer into) {
        FileIdentity identity = window.file().identity();
        EditBatch edits = window.scanned().edits();
        byte[] path = pathBytes(window);
        into.putLong(identity.device()).putLong(identity.inode()).putLong(identity.birthTimeNanos());
        into.putInt(identity.generation()).putLong(window.end().offset()).putLong(rules);
        into.put((byte)
                ((window.end().startsRecord() ? FLAG_STARTS_RECORD : 0) | (window.fixesWaited() ? FLAG_WAITED : 0)));
        into.putInt(edits.recordCount()).putShort((short) path.length).put(path);
        int edit = 0;
        for (int record = 0; record < edits.recordCount(); record++) {
            into.putLong(edits.recordOffset(record))
                    .putInt(edits.recordLength(record))
                    .putInt(edits.guard(record));
            int countAt = into.position();
            into.putInt(0);
            int first = edit;
            for (; edit < edits.size() && edits.record(edit) == record; edit++) {
                into.putInt((int) (edits.offset(edit) - edits.recordOffset(record)))
                        .putInt(edits.length(edit))
                        .put(edits.array(), edits.newStart(edit), edits.length(edit));
            }
            into.putInt(countAt, edit - first);
        }
    }

    /**
     * The group in these bytes; empty if there is none, or one that was not written to its end.
     *
     * @param path where the bytes are from, for messages
     * @throws JournalCorruptException if they were written to their end, and are of a later format or make no sense
     */
    static Optional<Group> decode(Path path, ByteBuffer from) throws JournalCorruptException {
        if (from.limit() < HEADER_BYTES || from.getLong(0) != MAGIC) {
            return Optional.empty();
        }
        int payloadBytes = from.getInt(24);
        if (payloadBytes < 0
                || payloadBytes > from.limit() - HEADER_BYTES
                || Blocks.checksum(from, AT_CHECKSUM, HEADER_BYTES + payloadBytes) != from.getInt(AT_CHECKSUM)) {
            return Optional.empty();
        }
        int version = from.getInt(8);
        if (version > FORMAT_VERSION) {
            throw JournalCorruptException.newerFormat(path, version);
        }
        try {
            return Optional.of(decodeChecked(from, version, from.slice(HEADER_BYTES, payloadBytes)));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw JournalCorruptException.impossible(path, e.toString());
        }
    }

    /** Decodes a group with the right checksum: what is wrong now was written wrongly. */
    private static Group decodeChecked(ByteBuffer from, int version, ByteBuffer payload) {
        require(version >= 1, "format version", version);
        long checkpointSequence = from.getLong(16);
        require(checkpointSequence >= 0, "sequence", checkpointSequence);
        List<RedoEntry> entries = new ArrayList<>();
        for (int left = count(from.getInt(28)); left > 0; left--) {
            entries.add(decodeEntry(payload, version));
        }
        require(!payload.hasRemaining(), "bytes behind the last entry:", payload.remaining());
        return new Group(checkpointSequence, entries);
    }

    /** An entry of version 1 has no generation and no rules. */
    private static RedoEntry decodeEntry(ByteBuffer from, int version) {
        FileIdentity firstSeen = new FileIdentity(from.getLong(), from.getLong(), from.getLong());
        FileIdentity identity = version == 1 ? firstSeen : firstSeen.ofGeneration(from.getInt());
        long endOffset = from.getLong();
        long rules = version == 1 ? 0 : from.getLong();
        int flags = from.get();
        Position end = new Position(endOffset, (flags & FLAG_STARTS_RECORD) != 0);
        int recordCount = count(from.getInt());
        byte[] path = bytes(from, Short.toUnsignedInt(from.getShort()));
        List<RedoRecord> records = new ArrayList<>();
        for (int left = recordCount; left > 0; left--) {
            records.add(decodeRecord(from));
        }
        return new RedoEntry(identity, NativePath.absolute(path), end, rules, (flags & FLAG_WAITED) != 0, records);
    }

    private static RedoRecord decodeRecord(ByteBuffer from) {
        long offset = from.getLong();
        int length = from.getInt();
        int guard = from.getInt();
        require(length >= 0, "length of a record", length);
        require(offset >= 0 && offset <= Long.MAX_VALUE - length, "offset", offset);
        List<RedoEdit> edits = new ArrayList<>();
        int free = 0;
        for (int left = count(from.getInt()); left > 0; left--) {
            int start = from.getInt();
            byte[] after = bytes(from, from.getInt());
            require(start >= free && after.length <= length - start, "change at", start);
            edits.add(new RedoEdit(start, after));
            free = start + after.length;
        }
        return new RedoRecord(offset, length, guard, edits);
    }

    private static int count(int number) {
        require(number >= 0, "count", number);
        return number;
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        require(length >= 0 && length <= from.remaining(), "length", length);
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static void require(boolean sound, String what, long number) {
        if (!sound) {
            throw new IllegalArgumentException(what + " " + number);
        }
    }

    private static byte[] pathBytes(DeliveredWindow window) {
        return NativePath.bytes(window.file().path());
    }
}
