package io.pickaroon.processor.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.fix.RedoEntry.RedoEdit;
import io.pickaroon.processor.fix.RedoEntry.RedoRecord;
import io.pickaroon.processor.fix.RedoEntry.Stretch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Whatever the file holds, it is no journal, or one that is refused with a reason, or one whose changes stay in records. */
class JournalFuzzTest {
    private static final int AT_CHECKSUM = 12;
    private static final int AT_PAYLOAD_BYTES = 24;
    private static final Path PATH = Path.of("/state/checkpoint.journal");

    @FuzzTest(maxDuration = "10m")
    void aJournalIsReadOrRefused(byte[] file) {
        check(file);
        check(sealed(file));
    }

    private static void check(byte[] file) {
        Optional<JournalCodec.Group> group;
        try {
            group = JournalCodec.decode(PATH, ByteBuffer.wrap(file));
        } catch (JournalCorruptException refused) {
            assertThat(refused.getMessage()).startsWith(PATH.toString()).contains("move it away");
            return;
        }
        group.ifPresent(found -> {
            assertThat(found.checkpointSequence()).isNotNegative();
            found.entries().forEach(entry -> entry.records().forEach(JournalFuzzTest::assertStaysInside));
        });
    }

    private static void assertStaysInside(RedoRecord redo) {
        for (Stretch stretch : redo.stretches()) {
            assertThat(stretch.offset()).isNotNegative();
            assertThat(stretch.offset() + stretch.length()).isGreaterThanOrEqualTo(stretch.offset());
        }
        long free = 0;
        for (RedoEdit edit : redo.edits()) {
            assertThat((long) edit.start()).isGreaterThanOrEqualTo(free);
            free = (long) edit.start() + edit.after().length;
        }
        assertThat(free).isLessThanOrEqualTo(redo.length());
    }

    /** The same, with a checksum that holds: chance alone never makes one. */
    private static byte[] sealed(byte[] file) {
        if (file.length < JournalCodec.HEADER_BYTES) {
            return file;
        }
        byte[] sealed = Arrays.copyOf(file, file.length);
        ByteBuffer bytes = ByteBuffer.wrap(sealed);
        int payloadBytes = Math.clamp(bytes.getInt(AT_PAYLOAD_BYTES), 0, file.length - JournalCodec.HEADER_BYTES);
        bytes.putInt(AT_PAYLOAD_BYTES, payloadBytes);
        CRC32C crc = new CRC32C();
        crc.update(sealed, 0, AT_CHECKSUM);
        int from = AT_CHECKSUM + Integer.BYTES;
        crc.update(sealed, from, JournalCodec.HEADER_BYTES + payloadBytes - from);
        bytes.putInt(AT_CHECKSUM, (int) crc.getValue());
        return sealed;
    }
}
