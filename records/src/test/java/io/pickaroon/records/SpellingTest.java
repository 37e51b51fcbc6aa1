package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> WORDS = List.of("host", "offset", "file.name", "instance");

    @ParameterizedTest
    @CsvSource({"hots, host", "HOST, host", "ofset, offset", "filename, file.name", "instnace, instance", "hosst, host"
    })
    void findsWhatWasProbablyMeant(String word, String meant) {
        assertThat(Spelling.nearest(word, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"toast", "x", "''", "offsetoffset"})
    void staysSilentWhenNothingIsNear(String word) {
        assertThat(Spelling.nearest(word, WORDS)).isEqualTo(Optional.empty());
    }

    @Test
    void aHugeWordIsNearNothing() {
        assertThat(Spelling.nearest("host".repeat(1_000_000), WORDS)).isEmpty();
    }
}
