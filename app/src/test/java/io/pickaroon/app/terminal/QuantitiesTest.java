package io.pickaroon.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "-5, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "102400, 100 KiB",
        "1048575, 1.0 MiB",
        "1073741824, 1.0 GiB",
        "21474836480, 20.0 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void bytesComeWithABinaryUnit(long bytes, String expected) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0:00",
        "-1, 0:00",
        "7.4, 0:07",
        "59.6, 1:00",
        "3599, 59:59",
        "3723, 1:02:03",
        "273906, 3d 04:05:06",
        "1e18, >99d",
        "Infinity, >99d",
        "NaN, >99d"
    })
    void durationsAreShortHoweverLong(double seconds, String expected) {
        assertThat(Quantities.duration(seconds)).isEqualTo(expected);
    }

    @Test
    void countsHaveGroupsOfThreeDigits() {
        assertThat(Quantities.count(Long.MAX_VALUE)).isEqualTo("9,223,372,036,854,775,807");
    }
}
