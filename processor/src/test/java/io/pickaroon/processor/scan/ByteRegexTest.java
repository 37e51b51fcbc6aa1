package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteRegexTest {
    @Test
    void tellsWhereTheMatchAndItsNamedGroupsStand() {
        ByteRegex regex = ByteRegex.compile("card=(?<pan>\\d{13,19})", false);
        byte[] bytes = "xx card=4111111111111111 yy".getBytes(StandardCharsets.US_ASCII);
        assertThat(regex.find(bytes, 2, bytes.length)).isTrue();
        assertThat(regex.start(0)).isEqualTo(3);
        int pan = regex.groups().get("pan");
        assertThat(new String(bytes, regex.start(pan), regex.end(pan) - regex.start(pan), StandardCharsets.US_ASCII))
                .isEqualTo("4111111111111111");
    }

    @Test
    void textOutsideAsciiStandsForItsUtf8Bytes() {
        byte[] bytes = "Größe überschritten".getBytes(StandardCharsets.UTF_8);
        assertThat(ByteRegex.compile("Grö(ß|x)e .+", false).find(bytes, 0, bytes.length))
                .isTrue();
        assertThat(ByteRegex.compile("\\QGröße\\E", false).find(bytes, 0, bytes.length))
                .isTrue();
        assertThat(ByteRegex.compile("größe", true).find(bytes, 0, bytes.length))
                .isTrue();
        assertThat(ByteRegex.compile("Gräße", false).find(bytes, 0, bytes.length))
                .isFalse();
    }

    @Test
    void invalidUtf8IsJustBytes() {
        byte[] bytes = {(byte) 0xff, 'E', (byte) 0xc3, 0, 'R'};
        assertThat(ByteRegex.compile("E.\\x00R", false).find(bytes, 0, bytes.length))
                .isTrue();
    }

    @Test
    void patternsThatMakeOtherEnginesBacktrackForEverTakeLinearTime() {
        byte[] bytes = "a".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(ByteRegex.compile("(a+)+b", false).find(bytes, 0, bytes.length))
                .isFalse();
    }

    @Test
    void refusesWhatNeedsWholeCharacters() {
        assertThatThrownBy(() -> ByteRegex.compile("[äö]", false)).hasMessageContaining("(?:a|b)");
        assertThatThrownBy(() -> ByteRegex.compile("\\p{L}", false)).hasMessageContaining("Unicode class");
        assertThatThrownBy(() -> ByteRegex.compile("(a", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RE2 syntax");
    }
}
