package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.directio.Blocks;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Whatever the file holds, a slot is read as it would be written, or refused with a reason. */
class CheckpointFuzzTest {
    private static final int BLOCK_BYTES = 512;
    private static final int AT_CHECKSUM = 12;
    private static final int AT_BLOCK_BYTES = 36;
    private static final int AT_PAYLOAD_BYTES = 44;

    @FuzzTest(maxDuration = "10m")
    void aSlotIsReadOrRefused(byte[] file) {
        check(CheckpointCodec.decodeFile(ByteBuffer.wrap(file)), file.length);
        byte[] sealed = sealed(file);
        check(CheckpointCodec.decodeFile(ByteBuffer.wrap(sealed)), sealed.length);
    }

    private static void check(Slots slots, int fileBytes) {
        check(slots.a(), fileBytes);
        check(slots.b(), fileBytes);
        assertThat(slots.describe()).isNotBlank();
    }

    private static void check(Slot slot, int fileBytes) {
        assertThat(slot.describe()).isNotBlank();
        if (slot instanceof Slot.Valid valid) {
            int usedBytes = (int) CheckpointCodec.usedBytes(valid.checkpoint(), BLOCK_BYTES);
            ByteBuffer again = ByteBuffer.allocate(usedBytes);
            CheckpointCodec.encode(valid.checkpoint(), BLOCK_BYTES, usedBytes, again);
            int index = CheckpointCodec.slotIndex(valid.checkpoint().sequence());
            assertThat(CheckpointCodec.decode(index, again, 2L * usedBytes))
                    .isEqualTo(new Slot.Valid(valid.checkpoint(), usedBytes, usedBytes));
            assertThat(2L * valid.slotBytes()).isEqualTo(fileBytes);
        }
    }

    /** The same, with checksums that hold: chance alone never makes one. */
    private static byte[] sealed(byte[] file) {
        byte[] sealed = Arrays.copyOf(file, file.length);
        int half = file.length / 2;
        for (int slot = 0; slot < 2 && half >= BLOCK_BYTES; slot++) {
            seal(ByteBuffer.wrap(sealed, slot * half, half).slice());
        }
        return sealed;
    }

    private static void seal(ByteBuffer slot) {
        int blockBytes = slot.getInt(AT_BLOCK_BYTES);
        int payloadBytes = slot.getInt(AT_PAYLOAD_BYTES);
        if (Integer.bitCount(blockBytes) != 1 || payloadBytes < 0) {
            return;
        }
        long usedBytes = Blocks.roundUp((long) CheckpointCodec.HEADER_BYTES + payloadBytes, blockBytes);
        if (usedBytes >= CheckpointCodec.HEADER_BYTES && usedBytes <= slot.capacity()) {
            CRC32C crc = new CRC32C();
            crc.update(slot.slice(0, AT_CHECKSUM));
            crc.update(slot.slice(AT_CHECKSUM + Integer.BYTES, (int) usedBytes - AT_CHECKSUM - Integer.BYTES));
            slot.putInt(AT_CHECKSUM, (int) crc.getValue());
        }
    }
}
