package io.pickaroon.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MatchChecksumTest {
    @Test
    void doesNotDependOnTheOrder() {
        assertThat(checksum("1:a", "2:b", "3:c")).isEqualTo(checksum("3:c", "1:a", "2:b"));
    }

    @Test
    void noticesARecordThatIsMissingRepeatedAlteredOrMisplaced() {
        assertThat(checksum("1:a", "2:b"))
                .isNotEqualTo(checksum("1:a"))
                .isNotEqualTo(checksum("1:a", "2:b", "2:b"))
                .isNotEqualTo(checksum("1:a", "2:c"))
                .isNotEqualTo(checksum("1:a", "3:b"))
                .isNotEqualTo(checksum("1:b", "2:a"));
    }

    private static long checksum(String... matches) {
        MatchChecksum sum = new MatchChecksum();
        for (String match : matches) {
            byte[] bytes = match.substring(2).getBytes(StandardCharsets.UTF_8);
            sum.add(match.charAt(0), bytes, 0, bytes.length);
        }
        return sum.value();
    }
}
