package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class CheckpointCodecTest {
    private static final int BLOCK = 4096;
    private static final int SLOT = 2 * BLOCK;
    private static final int SECTOR = 512;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final FileIdentity SHOP = new FileIdentity(0xfe00000001L, 0x1234, 0x17a0_0000_0000_0000L);

    /** Sequence 6, in slot A. */
    private static final Checkpoint OLDER = checkpoint(6, 1_000);

    /** Sequence 7, in slot B. */
    private static final Checkpoint NEWER = checkpoint(7, 2_000);

    @Test
    void readsBackWhatItWrote() {
        assertThat(decode(file(OLDER, NEWER)))
                .isEqualTo(new Slots(new Slot.Valid(OLDER, SLOT, BLOCK), new Slot.Valid(NEWER, SLOT, BLOCK)));
    }

    @Test
    void anyFlippedBitOfTheNewerSlotLeavesTheOlder() {
        byte[] file = file(OLDER, NEWER);
        for (int bit = SLOT * 8; bit < (SLOT + BLOCK) * 8; bit++) {
            assertThat(newest(flip(file, bit))).as("bit %d", bit).isEqualTo(OLDER);
        }
    }

    @Test
    void anyFlippedBitOfTheOlderSlotLeavesTheNewer() {
        byte[] file = file(OLDER, NEWER);
        for (int bit = 0; bit < BLOCK * 8; bit++) {
            assertThat(newest(flip(file, bit))).as("bit %d", bit).isEqualTo(NEWER);
        }
    }

    @Test
    void aFlippedBitWhereNothingWasWrittenChangesNothing() {
        byte[] file = file(OLDER, NEWER);
        for (int bit = BLOCK * 8; bit < SLOT * 8; bit++) {
            assertThat(newest(flip(file, bit))).as("bit %d", bit).isEqualTo(NEWER);
            assertThat(newest(flip(file, bit + SLOT * 8))).as("bit %d", bit).isEqualTo(NEWER);
        }
    }

    @Test
    void anyFlippedBitOfTheOnlySlotIsRefused() {
        byte[] file = file(OLDER, null);
        for (int bit = 0; bit < BLOCK * 8; bit++) {
            assertThat(newest(flip(file, bit))).as("bit %d", bit).isNull();
        }
    }

    @Test
    void anyTruncationIsRefused() {
        byte[] file = file(OLDER, NEWER);
        for (int length = 0; length < file.length; length++) {
            assertThat(newest(Arrays.copyOf(file, length)))
                    .as("%d of %d bytes", length, file.length)
                    .isNull();
        }
    }

    @Test
    void aFileWithBytesTooManyIsRefused() {
        byte[] file = file(OLDER, NEWER);
        assertThat(newest(Arrays.copyOf(file, file.length + 1))).isNull();
        assertThat(newest(Arrays.copyOf(file, 2 * file.length))).isNull();
    }

    @Test
    void aWriteTornInAnyWayLeavesTheNewerSlotOrCompletes() {
        byte[] before = file(OLDER, NEWER);
        Checkpoint next = checkpoint(8, 3_000);
        byte[] after = file(next, NEWER);
        int sectors = BLOCK / SECTOR;
        for (int written = 0; written < 1 << sectors; written++) {
            byte[] torn = before.clone();
            for (int sector = 0; sector < sectors; sector++) {
                if ((written >> sector & 1) == 1) {
                    System.arraycopy(after, sector * SECTOR, torn, sector * SECTOR, SECTOR);
                }
            }
            // Only the first sector differs: what decides is whether it was written.
            assertThat(newest(torn))
                    .as("sectors %s", Integer.toBinaryString(written))
                    .isEqualTo((written & 1) == 1 ? next : NEWER);
        }
    }

    @Test
    void aWriteOfManySectorsTornInAnyOneLeavesTheOtherSlot() {
        int slotBytes = 64 * 1024;
        Checkpoint two = manyFiles(2, 400, 1);
        Checkpoint three = manyFiles(3, 400, 2);
        Checkpoint four = manyFiles(4, 400, 3);
        byte[] before = file(two, three, slotBytes);
        byte[] after = file(four, three, slotBytes);
        int sectors = (int) CheckpointCodec.usedBytes(four, BLOCK) / SECTOR;
        int lastChanged = Arrays.mismatch(reversed(before), reversed(after));
        int changedSectors = (before.length - 1 - lastChanged) / SECTOR + 1;
        assertThat(changedSectors).isGreaterThan(30);
        for (int sector = 0; sector < changedSectors; sector++) {
            byte[] onlyThis = before.clone();
            System.arraycopy(after, sector * SECTOR, onlyThis, sector * SECTOR, SECTOR);
            assertThat(newest(onlyThis)).as("only sector %d written", sector).isEqualTo(three);

            byte[] allButThis = after.clone();
            System.arraycopy(before, sector * SECTOR, allButThis, sector * SECTOR, SECTOR);
            assertThat(newest(allButThis)).as("sector %d not written", sector).isEqualTo(three);

            byte[] upToThis = before.clone();
            System.arraycopy(after, 0, upToThis, 0, sector * SECTOR);
            assertThat(newest(upToThis))
                    .as("%d of %d sectors written", sector, sectors)
                    .isEqualTo(three);
        }
        assertThat(newest(after)).isEqualTo(four);
    }

    @Test
    void aSlotOfANewerFormatIsNamedAndNothingOlderIsTaken() {
        byte[] newerInB = file(OLDER, NEWER);
        withFormatVersion(newerInB, SLOT, 4);
        assertThat(decode(newerInB).b()).isEqualTo(new Slot.NewerFormat(4));
        assertThat(decode(newerInB).newestValid()).isEmpty();
        assertThat(CheckpointCorruptException.noSlot(Path.of("/var/lib/p/checkpoint"), decode(newerInB)))
                .hasMessageContainingAll("/var/lib/p/checkpoint", "newer Pickaroon", "format version 4", "up to 3");

        byte[] newerInA = file(OLDER, NEWER);
        withFormatVersion(newerInA, 0, Integer.MAX_VALUE);
        assertThat(decode(newerInA).newestValid()).isEmpty();
    }

    @Test
    void aFormatVersionThatNeverWasIsInvalid() {
        byte[] file = file(OLDER, NEWER);
        withFormatVersion(file, SLOT, 0);
        assertThat(newest(file)).isEqualTo(OLDER);
        withFormatVersion(file, SLOT, -1);
        assertThat(newest(file)).isEqualTo(OLDER);
    }

    @Test
    void aSlotInThePlaceOfTheOtherIsInvalid() {
        byte[] file = file(OLDER, NEWER);
        byte[] swapped = file.clone();
        System.arraycopy(file, 0, swapped, SLOT, SLOT);
        System.arraycopy(file, SLOT, swapped, 0, SLOT);
        assertThat(newest(swapped)).isNull();
        assertThat(decode(swapped).a().describe()).contains("sequence 7 does not belong in this slot");
    }

    @Test
    void aWrongCountUnderARightChecksumIsInvalid() {
        for (int count : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
            byte[] file = file(OLDER, NEWER);
            ByteBuffer.wrap(file).putInt(SLOT + 48, count);
            sign(file, SLOT, BLOCK);
            assertThat(newest(file)).as("count %d", count).isEqualTo(OLDER);
        }
    }

    @Test
    void neverThrowsWhateverASlotHoldsUnderARightChecksum() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] file = file(OLDER, NEWER);
            int at = SLOT + 8 + random.nextInt(310);
            ByteBuffer.wrap(file).putInt(at, random.nextBoolean() ? random.nextInt() : random.nextInt(200) - 100);
            sign(file, SLOT, BLOCK);
            Slot slot = decode(file).b();
            assertThat(slot.describe()).as("seed %d, round %d", seed, i).isNotEmpty();
        }
    }

    @Test
    void aBufferTooSmallForTheEntriesIsNotOverrun() {
        assertThatThrownBy(() -> CheckpointCodec.encode(NEWER, BLOCK, SLOT, ByteBuffer.allocate(100)))
                .isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void aPathTooLongForItsLengthFieldIsRefused() {
        Path path = Path.of("/" + "x".repeat(70_000));
        Checkpoint checkpoint = new Checkpoint(
                0, NOW, Map.of(SHOP, new CheckpointEntry(path, Position.START, 0)), CheckpointSections.NONE);
        assertThatThrownBy(() -> CheckpointCodec.encode(checkpoint, BLOCK, 1 << 20, ByteBuffer.allocate(1 << 20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70001 bytes");
    }

    private static Checkpoint checkpoint(long sequence, long offset) {
        CheckpointEntry entry = new CheckpointEntry(Path.of("/var/log/a.log"), new Position(offset, true), 5_000);
        return new Checkpoint(sequence, NOW.plusSeconds(sequence), Map.of(SHOP, entry), CheckpointFormatTest.SECTIONS);
    }

    private static Checkpoint manyFiles(long sequence, int files, long offset) {
        Map<FileIdentity, CheckpointEntry> entries = new java.util.LinkedHashMap<>();
        for (int i = 0; i < files; i++) {
            entries.put(
                    new FileIdentity(1, i, 2), new CheckpointEntry(Path.of("/" + i), new Position(offset, true), 9));
        }
        return new Checkpoint(sequence, NOW, entries, CheckpointFormatTest.SECTIONS);
    }

    static byte[] encode(Checkpoint checkpoint, int blockBytes, int slotBytes) {
        ByteBuffer slot = ByteBuffer.allocate(slotBytes);
        Arrays.fill(slot.array(), (byte) 0xa5);
        CheckpointCodec.encode(checkpoint, blockBytes, slotBytes, slot);
        return Arrays.copyOf(slot.array(), slot.limit());
    }

    private static byte[] file(Checkpoint a, Checkpoint b) {
        return file(a, b, SLOT);
    }

    private static byte[] file(Checkpoint a, Checkpoint b, int slotBytes) {
        ByteBuffer file = ByteBuffer.allocate(2 * slotBytes);
        file.put(0, encode(a, BLOCK, slotBytes));
        if (b != null) {
            file.put(slotBytes, encode(b, BLOCK, slotBytes));
        }
        return file.array();
    }

    private static Slots decode(byte[] file) {
        return CheckpointCodec.decodeFile(ByteBuffer.wrap(file));
    }

    private static Checkpoint newest(byte[] file) {
        return decode(file).newestValid().map(Slot.Valid::checkpoint).orElse(null);
    }

    private static byte[] flip(byte[] file, int bit) {
        byte[] flipped = file.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static void withFormatVersion(byte[] file, int slotOffset, int version) {
        ByteBuffer.wrap(file).putInt(slotOffset + 8, version);
        sign(file, slotOffset, BLOCK);
    }

    private static void sign(byte[] file, int slotOffset, int usedBytes) {
        CRC32C crc = new CRC32C();
        crc.update(file, slotOffset, 12);
        crc.update(file, slotOffset + 16, usedBytes - 16);
        ByteBuffer.wrap(file).putInt(slotOffset + 12, (int) crc.getValue());
    }
}
