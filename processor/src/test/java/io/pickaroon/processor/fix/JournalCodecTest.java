package io.pickaroon.processor.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.audit.AuditedGroup;
import io.pickaroon.processor.audit.AuditedGroup.AuditedWindow;
import io.pickaroon.processor.audit.GroupCodec;
import io.pickaroon.processor.audit.TrailPlace;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import io.pickaroon.processor.rule.Claims;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class JournalCodecTest {
    private static final Path PATH = Path.of("/state/checkpoint.journal");

    @Test
    void aJournalOfANewerVersionIsRefusedAndNotTakenForNone() {
        assertThatThrownBy(() -> JournalCodec.decode(PATH, journal(5, new byte[0], 0)))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageStartingWith(PATH + ": this journal was written by a newer Pickaroon (format version 5")
                .hasMessageContaining("move it away");
    }

    @Test
    void aJournalThatMakesNoSenseIsRefusedWithAReason() {
        assertThatThrownBy(() -> JournalCodec.decode(PATH, journal(2, new byte[5], 0)))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageStartingWith(PATH + ": this journal cannot be trusted (")
                .hasMessageContaining("bytes behind the last entry: 5")
                .hasMessageContaining("move it away");
    }

    @Test
    void oneThatWasNotWrittenToItsEndIsNone() throws JournalCorruptException {
        ByteBuffer torn = journal(2, new byte[5], 0);
        torn.put(torn.limit() - 1, (byte) 1);
        assertThat(JournalCodec.decode(PATH, torn)).isEmpty();
        assertThat(JournalCodec.decode(PATH, ByteBuffer.allocate(4096))).isEmpty();
    }

    @Test
    void aNameKeepsItsBytesAlsoWhereTheyAreNoUtf8() throws JournalCorruptException {
        byte[] name = "/var/log/b\u00fccher.log".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer entry = ByteBuffer.allocate(51 + name.length);
        entry.putInt(41, 0).putInt(45, 0).putShort(49, (short) name.length).put(51, name);

        List<RedoEntry> entries = JournalCodec.decode(PATH, journal(2, entry.array(), 1))
                .orElseThrow()
                .entries();

        assertThat(entries)
                .singleElement()
                .satisfies(read -> assertThat(NativePath.bytes(read.path())).isEqualTo(name));
    }

    @Test
    void aRecordOfVersion2IsOneStretch() throws JournalCorruptException {
        byte[] name = "/var/log/shop.log".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer entry = ByteBuffer.allocate(51 + name.length + 20 + 8 + 2);
        entry.putLong(1).putLong(2).putLong(3).putInt(4).putLong(500).putLong(6).put((byte) 1);
        entry.putInt(1).putShort((short) name.length).put(name);
        entry.putLong(100).putInt(10).putInt(77).putInt(1);
        entry.putInt(8).putInt(2).put((byte) 'x').put((byte) 'y');

        RedoEntry read = JournalCodec.decode(PATH, journal(2, entry.array(), 1))
                .orElseThrow()
                .entries()
                .getFirst();

        assertThat(read.end()).isEqualTo(new Position(500, true));
        RedoEntry.RedoRecord record = read.records().getFirst();
        assertThat(record.stretches()).containsExactly(new RedoEntry.Stretch(100, 10));
        assertThat(record.guard()).isEqualTo(77);
        assertThat(record.edits().getFirst().start()).isEqualTo(8);
        assertThat(record.edits().getFirst().after()).isEqualTo(new byte[] {'x', 'y'});
    }

    @Test
    void aSectionThatIsNotKnownIsPassedOverAndThatOfStreamsIsRead() throws JournalCorruptException {
        ByteBuffer entry = ByteBuffer.allocate(51 + 1 + 2 + 6 + 3 + 6 + 17);
        entry.putLong(1).putLong(2).putLong(3).putInt(4).putLong(500).putLong(6).put((byte) 1);
        entry.putInt(0).putShort((short) 1).put((byte) '/');
        entry.putShort((short) 2);
        entry.putShort((short) 99).putInt(3).put(new byte[3]);
        entry.putShort((short) 1).putInt(17).putLong(600).putLong(0).put((byte) 2);

        assertThat(JournalCodec.decode(PATH, journal(3, entry.array(), 1))
                        .orElseThrow()
                        .entries()
                        .getFirst()
                        .end())
                .isEqualTo(new Position(500, true, new StreamPlaces(600, 0, false, true)));
    }

    private static final AuditedWindow CLAIMS = new AuditedWindow(
            new FileIdentity(1, 2, 3).ofGeneration(4),
            Path.of("/a"),
            List.of(new Claims.Place(100, 108, 2, 5, new Claims.Met(List.of("cards", "pan"), List.of("card")))),
            List.of(new Claims.Skip(
                    new Claims.Place(200, 200, 5, 5, new Claims.Met(List.of("head"), List.of())),
                    Claims.Reason.PROTECTED_HEAD)));
    private static final AuditedGroup AUDITED = new AuditedGroup(
            new AuditedGroup.GroupNumber(0x1234L, 7),
            new TrailPlace(Path.of("/var/audit.ndjson"), 4711, "ab".repeat(32)),
            true,
            Instant.ofEpochSecond(1_796_000_000L, 5),
            new AuditedGroup.Origin("web-1", "1.2", "c0ffee"),
            List.of(CLAIMS));

    /** An entry with one record and one change, and these sections. */
    private static byte[] entry(byte[]... sections) {
        int bytes = 51 + 2 + 2 + 24 + 4 + 10;
        for (byte[] section : sections) {
            bytes += 6 + section.length;
        }
        ByteBuffer entry = ByteBuffer.allocate(bytes);
        entry.putLong(1).putLong(2).putLong(3).putInt(4).putLong(500).putLong(6).put((byte) 1);
        entry.putInt(1).putShort((short) 2).put((byte) '/').put((byte) 'a');
        entry.putShort((short) sections.length);
        for (int i = 0; i < sections.length; i++) {
            entry.putShort((short) (i + 2)).putInt(sections[i].length).put(sections[i]);
        }
        entry.putInt(77).putInt(1).putLong(100).putInt(12);
        entry.putInt(1).putInt(8).putInt(2).put((byte) 'x').put((byte) 'y');
        return Arrays.copyOf(entry.array(), entry.position());
    }

    @Test
    void aGroupThatGoesIntoAnAuditTrailIsReadWithAllThatItsLinesSay() throws JournalCorruptException {
        byte[] entry = entry(GroupCodec.encode(AUDITED), GroupCodec.encode(CLAIMS));

        JournalCodec.Group group =
                JournalCodec.decode(PATH, journal(4, entry, 1)).orElseThrow();

        assertThat(group.audited()).contains(AUDITED);
        assertThat(group.entries().getFirst().changeCount()).isEqualTo(1);
    }

    @Test
    void whereAVersionDoesNotAuditTheseSectionsArePassedOver() throws JournalCorruptException {
        byte[] entry = entry(GroupCodec.encode(AUDITED), GroupCodec.encode(CLAIMS));

        assertThat(JournalCodec.decode(PATH, journal(3, entry, 1)).orElseThrow().audited())
                .isEmpty();
    }

    @Test
    void anAuditedGroupWithoutWhatItsLinesSayIsRefused() {
        assertThatThrownBy(() -> JournalCodec.decode(PATH, journal(4, entry(), 1)))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining("no claims in entry 0");
        AuditedWindow without = new AuditedWindow(CLAIMS.file(), CLAIMS.path(), List.of(), CLAIMS.skips());
        byte[] entry = entry(GroupCodec.encode(AUDITED), GroupCodec.encode(without));
        assertThatThrownBy(() -> JournalCodec.decode(PATH, journal(4, entry, 1)))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining("claims of another number of changes: 0");
    }

    private static ByteBuffer journal(int version, byte[] payload, int entryCount) {
        ByteBuffer bytes = ByteBuffer.allocate(JournalCodec.HEADER_BYTES + payload.length);
        bytes.putLong(0x5049_434b_5245_444fL).putInt(version).putInt(0).putLong(7);
        bytes.putInt(payload.length).putInt(entryCount).put(payload);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, 12);
        crc.update(bytes.array(), 16, bytes.capacity() - 16);
        return bytes.putInt(12, (int) crc.getValue()).flip();
    }
}
