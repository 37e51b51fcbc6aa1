package io.pickaroon.processor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf16Test {
    private static final Utf16 FORMAT = new Utf16();
    private static final Path PATH = Path.of("a.log");

    @Test
    void decodesWhateverCodeUnitsThereAreAsJavaDoesItsStrings() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder("\ufeff");
            StringBuilder expected = new StringBuilder();
            for (int i = random.nextInt(40_000); i > 0; i--) {
                char unit = (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000);
                if (random.nextInt(10) == 0) {
                    unit = (char) (0xd800 + random.nextInt(0x800));
                }
                text.append(unit);
            }
            int end = text.length();
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            for (int point : text.substring(1, end).codePoints().toArray()) {
                boolean isHalf = point >= 0xd800 && point < 0xe000;
                expected.appendCodePoint(isHalf ? 0xfffd : point);
            }
            byte[] utf8 = expected.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(decoded(text, ByteOrder.BIG_ENDIAN)).as("seed %d", seed).isEqualTo(utf8);
            assertThat(decoded(text, ByteOrder.LITTLE_ENDIAN))
                    .as("seed %d", seed)
                    .isEqualTo(utf8);
        }
    }

    @Test
    void halfACharacterAtTheEndIsLeftOut() throws IOException {
        byte[] stored = {(byte) 0xff, (byte) 0xfe, 'a', 0, 0x3d, (byte) 0xd8, 0};
        for (int length = 4; length <= stored.length; length++) {
            byte[] decoded =
                    FORMAT.decode(new ByteArrayInputStream(stored, 0, length)).readAllBytes();
            assertThat(new String(decoded, StandardCharsets.UTF_8)).isEqualTo("a");
        }
    }

    @Test
    void isKnownByItsMarkAndNotTakenForUtf32() {
        assertThat(FORMAT.isOf(PATH, new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0}))
                .isTrue();
        assertThat(FORMAT.isOf(PATH, new byte[] {(byte) 0xfe, (byte) 0xff})).isTrue();
        assertThat(FORMAT.isOf(PATH, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0}))
                .isFalse();
        assertThat(FORMAT.isOf(PATH, new byte[] {'a', 0})).isFalse();
        assertThat(FORMAT.isOf(PATH, new byte[] {(byte) 0xff})).isFalse();
    }

    private static byte[] decoded(CharSequence text, ByteOrder order) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * text.length()).order(order);
        text.chars().forEach(unit -> bytes.putChar((char) unit));
        return FORMAT.decode(new ByteArrayInputStream(bytes.array())).readAllBytes();
    }
}
