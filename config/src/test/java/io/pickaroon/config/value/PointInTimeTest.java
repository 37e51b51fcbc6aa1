package io.pickaroon.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.config.problem.Mismatch;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-29, 2026-11-28T23:00:00Z",
        "2026-11-29T08:05, 2026-11-29T07:05:00Z",
        "2026-11-29 08:05:30.5, 2026-11-29T07:05:30.500Z",
        "2026-11-29T08:05Z, 2026-11-29T08:05:00Z",
        "2026-11-29 08:05:30 +02:00, 2026-11-29T06:05:30Z",
        "2026-10-25 02:30, 2026-10-25T00:30:00Z",
        "2026-03-29 02:30, 2026-03-29T01:30:00Z",
        "now, 2026-11-30T12:00:00Z",
        "10m ago, 2026-11-30T11:50:00Z",
        "' 2d  ago ', 2026-11-28T12:00:00Z",
    })
    void aTimeIsReadInItsZone(String text, Instant expected) throws Mismatch {
        assertThat(PointInTime.parse(text).instant(ZoneId.of("Europe/Berlin"), NOW))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "2026-13-01", "2026-11-31", "10 ago", "-5m ago", "2026-11-29T25:00", "ago"})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> PointInTime.parse(text)).isInstanceOf(Mismatch.class);
    }
}
