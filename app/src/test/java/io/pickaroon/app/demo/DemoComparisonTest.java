package io.pickaroon.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoComparisonTest {
    @Test
    void agreesWhenEverythingIsEqual() {
        DemoComparison comparison = new DemoComparison().count("records", 5, 5).checksum("sum", 0xabcL, 0xabcL);

        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.render()).doesNotContain("DIFFERS");
    }

    @Test
    void oneDifferenceIsEnoughAndIsShown() {
        DemoComparison comparison = new DemoComparison().count("records", 5, 5).checksum("sum", 1, 2);

        assertThat(comparison.agrees()).isFalse();
        assertThat(comparison.render().lines().filter(line -> line.endsWith("DIFFERS")))
                .singleElement()
                .asString()
                .startsWith("sum ");
    }
}
