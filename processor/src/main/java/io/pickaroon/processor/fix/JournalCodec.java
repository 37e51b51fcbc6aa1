package io.pickaroon.processor.fix;

import io.pickaroon.processor.audit.AuditedGroup;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.directio.Blocks;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
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
 * The bytes of a redo journal, format version 3, or 4 for a group that goes into an audit trail; versions 1 and 2 are read too. Pure
 * functions, no I/O. Numbers are big endian; sizes are in bytes.
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
 *         +--------+-------+------------+------------+-----------+-------+-------+---------+-----------+------~----------~---------~
 *         | device | inode | birth time | generation | offset of | rules | flags | record- | pathBytes | path ~ sections ~ records ~
 *         |        |       | (nanos)    |            | the end   |       |       | Count   |           |      ~          ~         ~
 *         +--------+-------+------------+------------+-----------+-------+-------+---------+-----------+------~----------~---------~
 *                                                                          bit 0: the end starts a record
 *                                                                          bit 1: fixes that waited for the rotation
 *
 * record  0       4                8                                       edit  0       4        8
 *         +-------+----------------+---------------------~-----------+------~      +-------+--------+------------~
 *         | guard | stretchCount   | { offset 8 |        ~ editCount | edits~      | start | length | new bytes  ~
 *         |       |                |   length 4 } ..     ~ 4         |      ~      |       |        |            ~
 *         +-------+----------------+---------------------~-----------+------~      +-------+--------+------------~
 * }</pre>
 *
 * <p>{@link JournalSections} has the sections. A record of version 1 or 2 has one stretch and no count of them: offset, length, guard,
 * editCount, edits. An entry of these has no sections. Version 4 is version 3 with sections 2 and 3, which must not be passed over: a version that does not know them would
 * make changes without their lines in the audit trail.
 *
 * <p>Magic, format version, checksum and payload size keep their place in every later format. The checksum covers header
 * and payload except itself. Old bytes are never in it: they may be secrets.
 */
final class JournalCodec {
    static final int FORMAT_VERSION = 3;

    /** Of a group that goes into an audit trail. */
    static final int AUDITED_FORMAT_VERSION = 4;

    static final int HEADER_BYTES = 32;

    private static final long MAGIC = 0x5049_434b_5245_444fL;
    private static final int AT_CHECKSUM = 12;
    private static final int ENTRY_BYTES = 51;
    private static final int FLAG_STARTS_RECORD = 1;
    private static final int FLAG_WAITED = 2;

    /**
     * What a journal holds.
     *
     * @param audited what the audit trail says of it, with a window for each entry; empty if it goes into none
     */
    record Group(long checkpointSequence, List<RedoEntry> entries, Optional<AuditedGroup> audited) {}

    /** What is to be written. */
    record NewGroup(
            List<DeliveredWindow> windows,
            Map<FileIdentity, Long> rules,
            long checkpointSequence,
            Optional<AuditedGroup> audited) {}

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

    /** The bytes of the journal of a group, not rounded up. */
    static Encoded encode(NewGroup group) {
        List<JournalSections> sections = new ArrayList<>();
        long bytes = HEADER_BYTES;
        for (int i = 0; i < group.windows().size(); i++) {
            DeliveredWindow window = group.windows().get(i);
            JournalSections its = JournalSections.of(window, group.audited(), i);
            sections.add(its);
            bytes += ENTRY_BYTES + pathBytes(window).length + its.usedBytes();
            bytes += JournalRecords.usedBytes(window.scanned().edits());
        }
        return new Encoded(group, sections, bytes);
    }

    /**
     * A group whose size is known.
     *
     * @param sections of each window
     */
    record Encoded(NewGroup group, List<JournalSections> sections, long usedBytes) {
        /** Writes the journal at position 0, fills up with zeros to the limit, and sets position 0 again. */
        void put(ByteBuffer into) {
            into.position(HEADER_BYTES);
            for (int i = 0; i < sections.size(); i++) {
                DeliveredWindow window = group.windows().get(i);
                encode(window, group.rules().get(window.file().identity()), sections.get(i), into);
            }
            int end = into.position();
            into.put(new byte[into.remaining()]);
            into.putLong(0, MAGIC);
            into.putInt(8, group.audited().isPresent() ? AUDITED_FORMAT_VERSION : FORMAT_VERSION);
            into.putLong(16, group.checkpointSequence());
            into.putInt(24, end - HEADER_BYTES);
            into.putInt(28, sections.size());
            into.putInt(AT_CHECKSUM, Blocks.checksum(into, AT_CHECKSUM, end));
            into.position(0);
        }
    }

    private static void encode(DeliveredWindow window, long rules, JournalSections sections, ByteBuffer into) {
        FileIdentity identity = window.file().identity();
        EditBatch edits = window.scanned().edits();
        byte[] path = pathBytes(window);
        into.putLong(identity.device()).putLong(identity.inode()).putLong(identity.birthTimeNanos());
        into.putInt(identity.generation()).putLong(window.end().offset()).putLong(rules);
        into.put((byte)
                ((window.end().startsRecord() ? FLAG_STARTS_RECORD : 0) | (window.fixesWaited() ? FLAG_WAITED : 0)));
        into.putInt(edits.recordCount()).putShort((short) path.length).put(path);
        sections.put(into);
        JournalRecords.encode(edits, into);
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
        if (version > AUDITED_FORMAT_VERSION) {
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
        JournalRecords.require(version >= 1, "format version", version);
        long checkpointSequence = from.getLong(16);
        JournalRecords.require(checkpointSequence >= 0, "sequence", checkpointSequence);
        List<RedoEntry> entries = new ArrayList<>();
        List<JournalSections.Read> sections = new ArrayList<>();
        for (int left = JournalRecords.count(from.getInt(28)); left > 0; left--) {
            entries.add(decodeEntry(payload, version, sections));
        }
        JournalRecords.require(!payload.hasRemaining(), "bytes behind the last entry:", payload.remaining());
        return new Group(
                checkpointSequence,
                entries,
                version < AUDITED_FORMAT_VERSION
                        ? Optional.empty()
                        : Optional.of(JournalSections.audited(entries, sections)));
    }

    /** An entry of version 1 has no generation and no rules. */
    private static RedoEntry decodeEntry(ByteBuffer from, int version, List<JournalSections.Read> all) {
        FileIdentity firstSeen = new FileIdentity(from.getLong(), from.getLong(), from.getLong());
        FileIdentity identity = version == 1 ? firstSeen : firstSeen.ofGeneration(from.getInt());
        long endOffset = from.getLong();
        long rules = version == 1 ? 0 : from.getLong();
        int flags = from.get();
        int recordCount = JournalRecords.count(from.getInt());
        byte[] path = JournalRecords.bytes(from, Short.toUnsignedInt(from.getShort()));
        JournalSections.Read sections =
                version < 3 ? JournalSections.Read.NONE : JournalSections.read(from, version >= AUDITED_FORMAT_VERSION);
        all.add(sections);
        Position end = new Position(endOffset, (flags & FLAG_STARTS_RECORD) != 0, sections.streams());
        List<RedoRecord> records = new ArrayList<>();
        for (int left = recordCount; left > 0; left--) {
            records.add(JournalRecords.decode(from, version));
        }
        return new RedoEntry(identity, NativePath.absolute(path), end, rules, (flags & FLAG_WAITED) != 0, records);
    }

    private static byte[] pathBytes(DeliveredWindow window) {
        return NativePath.bytes(window.file().path());
    }
}
