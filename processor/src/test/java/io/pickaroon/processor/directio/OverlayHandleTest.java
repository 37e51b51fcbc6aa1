package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayHandleTest {
    private static final int OVERLAY = 0xf8;
    private static final String UUID = "00112233445566778899aabbccddeeff";

    /** The first three are from a kernel, 6.18: over ext4, and with a tmpfs as the upper layer. */
    @ParameterizedTest
    @CsvSource({
        "made in the upper layer, 00000000fb1d0401, e32121008ca7ebf2, 2171363, true",
        "in the lower layer, 00000000fb1d0001, e02121005caae621, 2171360, false",
        "made in an upper tmpfs, 00000000fb210401, 0f30947f0800000000000000, 8, true",
        "copied up, 00000000fb1d0401, e4212100d4fd7ced, 2171360, false",
        "made in an upper XFS, 00000000fb210481, 8300000001000000aabbccdd, 4294967427, true",
        "made in an upper Btrfs, 00000000fb29044d, 010100000000000005000000000000000700000000000000, 257, true",
        "copied up to Btrfs, 00000000fb29044d, 020100000000000005000000000000000701000000000000, 257, false",
        "of a type that is not known, 00000000fb1d0444, e32121008ca7ebf2, 2171363, false",
        "cut short, 00000000fb1d0401, e3, 227, false",
    })
    void tellsWhetherAFileIsOfTheUpperLayerAlone(
            String what, String header, String real, long inode, boolean isOfUpperLayerAlone) {
        byte[] bytes = HexFormat.of().parseHex(header + UUID + real);
        assertThat(new OverlayHandle(OVERLAY, bytes).isOfUpperLayerAlone(inode))
                .as(what)
                .isEqualTo(isOfUpperLayerAlone);
    }

    @Test
    void knowsNothingByTheHandleOfAnotherFileSystem() {
        byte[] bytes = HexFormat.of().parseHex("00000000fb1d0401" + UUID + "e32121008ca7ebf2");
        assertThat(new OverlayHandle(1, bytes).isOfUpperLayerAlone(2171363)).isFalse();
        assertThat(new OverlayHandle(OVERLAY, new byte[0]).isOfUpperLayerAlone(0))
                .isFalse();
    }
}
