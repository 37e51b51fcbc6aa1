package io.pickaroon.processor.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterTest {
    @Test
    void theUsualOnesAreTheSameHoweverTheyAreNamed() {
        assertThat(Delimiter.of("\n")).isSameAs(Delimiter.LF);
        assertThat(Delimiter.of("\r\n")).isSameAs(Delimiter.CRLF);
        assertThat(Delimiter.of("\0").name()).isEqualTo("0x00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\n", "abab", "--", "a-a", ""})
    void oneWhoseEndIsItsBeginningIsRefused(String text) {
        assertThatThrownBy(() -> Delimiter.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofARecordTheBytesOfDelimitersAndLineBreaksAreEndsOfLines() {
        byte[] record = "a|b||\nc\r\nd".getBytes(StandardCharsets.US_ASCII);
        StringBuilder ends = new StringBuilder();
        for (int i = 0; i < record.length; i++) {
            ends.append(Delimiter.of("||\n").isLineEnd(record, i, 0, record.length) ? '^' : '.');
        }
        assertThat(ends).hasToString("...^^^.^^.");
    }
}
