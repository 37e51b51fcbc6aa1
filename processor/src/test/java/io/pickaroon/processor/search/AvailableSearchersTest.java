package io.pickaroon.processor.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The build runs it twice: in a JVM that has everything, and in one that has neither {@code memchr} nor vectors. */
class AvailableSearchersTest {
    private final boolean switchedOff = "off".equals(System.getProperty("pickaroon.memchr"));

    @Test
    void memchrIsThereUnlessSwitchedOff() {
        assertThat(NativeBytes.isAvailable()).isEqualTo(!switchedOff);
    }

    @Test
    void theSearchInArraysUsesVectorsWhereTheJvmHasThem() {
        assertThat(Searchers.available().inArrays())
                .isInstanceOf(switchedOff ? ScalarByteSearch.class : VectorByteSearch.class);
    }
}
