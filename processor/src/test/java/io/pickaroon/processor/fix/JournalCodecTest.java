package io.pickaroon.processor.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
