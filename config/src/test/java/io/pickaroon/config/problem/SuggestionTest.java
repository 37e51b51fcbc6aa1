package io.pickaroon.config.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KEYS = List.of("bootstrapServers", "delivery", "properties", "topic", "id");

    @ParameterizedTest
    @CsvSource({
        "tpoic, topic",
        "topics, topic",
        "Topic, topic",
        "bootstrap_servers, bootstrapServers",
        "bootstrap.servers, bootstrapServers",
        "propertis, properties",
        "ids, id"
    })
    void findsWhatWasProbablyMeant(String word, String meant) {
        assertThat(Suggestion.nearest(word, KEYS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"acks", "x", "''", "tomorrow"})
    void staysSilentWhenNothingIsNear(String word) {
        assertThat(Suggestion.nearest(word, KEYS)).isEmpty();
    }

    @Test
    void doesNotCompareHugeWords() {
        assertThat(Suggestion.nearest("topic".repeat(100_000), KEYS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "ab, ba, 1", "kitten, sitting, 3", "abcdef, abcdef, 0"})
    void countsEdits(String from, String to, int distance) {
        assertThat(Suggestion.distance(from, to)).isEqualTo(distance);
    }

    @Property(tries = 300)
    void distanceIsTheSameBothWaysAndNotLongerThanTheLongerWord(
            @ForAll @StringLength(max = 12) String one, @ForAll @StringLength(max = 12) String other) {
        assertThat(Suggestion.distance(one, other))
                .isEqualTo(Suggestion.distance(other, one))
                .isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
    }
}
