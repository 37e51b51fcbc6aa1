package io.pickaroon.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatLimitTest {
    private final RepeatLimit limit = new RepeatLimit(2);

    @Test
    void whatRepeatsIsHeldBackForTheRestOfTheMinuteAndThenCounted() {
        assertThat(limit.admit("a", 0)).isZero();
        assertThat(limit.admit("a", 1)).isZero();
        assertThat(limit.admit("a", 2)).isEqualTo(RepeatLimit.HELD_BACK);
        assertThat(limit.admit("a", 59_999)).isEqualTo(RepeatLimit.HELD_BACK);

        assertThat(limit.admit("a", 60_000)).isEqualTo(2);
        assertThat(limit.admit("a", 60_001)).isZero();
        assertThat(limit.admit("a", 60_002)).isEqualTo(RepeatLimit.HELD_BACK);
    }

    @Test
    void onlyWhatIsTheSameIsHeldBack() {
        limit.admit("a", 0);
        limit.admit("a", 0);

        assertThat(limit.admit("b", 0)).isZero();
    }

    @Test
    void whatWasNotSeenForLongIsForgotten() {
        limit.admit("a", 0);
        limit.admit("a", 0);
        for (int i = 0; i < 1_000; i++) {
            limit.admit("other " + i, 0);
        }

        assertThat(limit.admit("a", 0)).isZero();
    }
}
