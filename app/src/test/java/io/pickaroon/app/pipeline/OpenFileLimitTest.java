package io.pickaroon.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFileLimitTest {
    @ParameterizedTest
    @CsvSource({
        "256, 20000, 60, 256",
        "256, 9223372036854775807, 60, 256",
        "256, 1024, 60, 256",
        "1000, 1024, 60, 864",
        "256, 150, 60, 45",
        "256, 70, 60, 5",
        "256, 61, 60, 1",
        "256, 60, 60, 1",
        "256, 50, 60, 1",
        "3, 150, 60, 3",
    })
    void leavesDescriptorsForAllElse(int wanted, long limit, int inUse, int most) {
        assertThat(OpenFileLimit.within(wanted, limit, inUse)).isEqualTo(most);
    }
}
