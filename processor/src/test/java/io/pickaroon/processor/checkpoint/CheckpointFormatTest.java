package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.checkpoint.CheckpointEntry.Content;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The very bytes of each format version. */
class CheckpointFormatTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final FileIdentity SHOP = new FileIdentity(0xfe00000001L, 0x1234, 0x17a0_0000_0000_0000L);

    static final CheckpointSections SECTIONS = new CheckpointSections(
            Optional.of(new Instance(
                    0x0123_4567_89ab_cdefL,
                    "web-1",
                    Standing.HELD,
                    new Instance.Start(3, 0xfedc_ba98_7654_3210L, 0),
                    2,
                    Optional.of("old"))),
            Map.of("shop", Instant.ofEpochSecond(0x69a4_2a00L, 5)),
            Optional.of(Set.of(new KnownRule("shop", "errors", "0011223344556677"))),
            true,
            false,
            new TreeMap<>(Map.of("later", ByteBuffer.wrap(new byte[] {(byte) 0xca, (byte) 0xfe}))));

    private static final String VERSION_2 = """
        5049434b434b5054 00000002 bde4ac84 0000000000000007 0000000069a42a40 075bcd15
        00000200 00000400 0000005d 00000001
        000000fe00000001 0000000000001234 17a0000000000000 0000010000000000 0000020000000000
        0000008000000000 00000003 0123456789abcdef 0000000069a42a3f 00001000 deadbeef
        01 000e 2f7661722f6c6f672f612e6c6f67
        """;

    private static final CheckpointEntry RICH = new CheckpointEntry(
            Path.of("/var/log/a.log"),
            new Position(1L << 40, true),
            new Waiting(new Position(1L << 39, false), 0x0123_4567_89ab_cdefL),
            new Content(1L << 41, new LineEnds(4096, 0xdeadbeef)),
            Optional.of(Instant.ofEpochSecond(NOW.getEpochSecond() - 1)),
            new Reset(2, true));

    @Test
    void writesTheseBytes() {
        Checkpoint checkpoint = new Checkpoint(7, NOW, Map.of(SHOP.ofGeneration(3), RICH), SECTIONS);

        byte[] slot = CheckpointCodecTest.encode(checkpoint, 512, 1024);

        assertThat(slot).isEqualTo(slot("""
            5049434b434b5054 00000003 d872a2d4 0000000000000007 0000000069a42a40 075bcd15
            00000200 00000400 000000fa 00000001
            000000fe00000001 0000000000001234 17a0000000000000 0000010000000000 0000020000000000
            0000008000000000 00000003 0123456789abcdef 0000000069a42a3f 00001000 deadbeef
            00000002 05 000e 2f7661722f6c6f672f612e6c6f67
            0005
            06 696e70757473 00000012 0004 73686f70 0000000069a42a00 00000005
            08 696e7374616e6365 00000029 0123456789abcdef 0000000000000003 fedcba9876543210 00000002 02
                0005 7765622d31 0003 6f6c64
            05 6c61746572 00000002 cafe
            09 72657365742d616c6c 00000000
            05 72756c6573 00000020 0004 73686f70 0006 6572726f7273 0010 30303131323233333434353536363737
            """));
    }

    @Test
    void writesTheBytesOfFormat2ForAVersionThatReadsNoLaterOne() {
        Checkpoint checkpoint = new Checkpoint(7, NOW, Map.of(SHOP.ofGeneration(3), RICH), SECTIONS);
        ByteBuffer slot = ByteBuffer.allocate(512);

        CheckpointCodec.encode(checkpoint, CheckpointCodec.DOWNGRADED_FORMAT_VERSION, 512, 1024, slot);

        assertThat(slot.array()).isEqualTo(slot(VERSION_2));
    }

    @Test
    void readsWhatVersion2Wrote() {
        Checkpoint checkpoint =
                new Checkpoint(7, NOW, Map.of(SHOP.ofGeneration(3), RICH.withReset(0, false)), CheckpointSections.NONE);
        assertThat(CheckpointCodec.decode(1, ByteBuffer.wrap(slot(VERSION_2)), 2048))
                .isEqualTo(new Slot.Valid(checkpoint, 1024, 512));
    }

    @Test
    void readsWhatVersion1Wrote() {
        byte[] slot = slot("""
            5049434b434b5054 00000001 668f9e64 0000000000000007 0000000069a42a40 075bcd15
            00000200 00000400 00000039 00000001
            000000fe00000001 0000000000001234 17a0000000000000 0000010000000000 0000020000000000
            01 000e 2f7661722f6c6f672f612e6c6f67
            """);

        CheckpointEntry entry = new CheckpointEntry(Path.of("/var/log/a.log"), new Position(1L << 40, true), 1L << 41);
        assertThat(CheckpointCodec.decode(1, ByteBuffer.wrap(slot), 2048))
                .isEqualTo(new Slot.Valid(
                        new Checkpoint(7, NOW, Map.of(SHOP, entry), CheckpointSections.NONE), 1024, 512));
    }

    /** A slot of one block; its checksum was computed with a bit-by-bit CRC-32C outside Java. */
    private static byte[] slot(String hexadecimal) {
        return Arrays.copyOf(HexFormat.of().parseHex(hexadecimal.replaceAll("\\s", "")), 512);
    }
}
