package io.pickaroon.processor.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntropyTest {
    /** Of text outside ASCII the shares are of bytes: with two bytes for each of n characters, 0.5 log2(2 n). */
    @ParameterizedTest
    @CsvSource({
        "aaaa, 0",
        "ab, 1",
        "aaab, 0.8112781",
        "abcd, 2",
        "0123456789abcdef, 4",
        "ää, 0.5",
        "äö, 1",
        "äa, 1.0566417",
        "€, 0.5283208"
    })
    void isThatOfTheCharacters(String text, double entropy) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        assertThat(new Entropy().of(bytes, 1, bytes.length - 1)).isCloseTo(entropy, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"80, 0", "8081, 0", "c328, 1", "e282, 0", "f5808080, 0", "41ff, 1"})
    void bytesThatAreNoCharactersAreAllTheSame(String hex, double entropy) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(new Entropy().of(bytes, 0, bytes.length)).isCloseTo(entropy, within(1e-6));
    }
}
