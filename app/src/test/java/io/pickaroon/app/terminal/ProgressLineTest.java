package io.pickaroon.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
    private static final long MIB = 1 << 20;
    private static final Progress HALF = new Progress(512 * MIB, 1024 * MIB, 12_345);

    @Test
    void showsEverythingOnAnOrdinaryTerminal() {
        assertThat(ProgressLine.render(HALF, 256 * MIB, 100))
                .isEqualTo(" 50%  [===============>              ]  512 MiB of 1.0 GiB  256 MiB/s  12,345 matches  ETA"
                        + " 0:02");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 4, 5, 10, 15, 20, 30, 40, 50, 60, 72, 80, 100, 132, 400})
    void neverReachesTheLastColumn(int columns) {
        Progress huge = new Progress(Long.MAX_VALUE / 2, Long.MAX_VALUE, Long.MAX_VALUE);
        for (Progress progress : List.of(HALF, huge, new Progress(0, 0, 0))) {
            for (double rate : new double[] {0, 1e-9, 1e9, Double.MAX_VALUE}) {
                assertThat(ProgressLine.render(progress, rate, columns).length())
                        .isLessThan(Math.max(1, columns));
            }
        }
    }

    @Test
    void keepsPercentAndRemainingTimeLongestWhenItGetsNarrow() {
        assertThat(ProgressLine.render(HALF, 256 * MIB, 60)).isEqualTo(" 50%  512 MiB of 1.0 GiB  256 MiB/s  ETA 0:02");
        assertThat(ProgressLine.render(HALF, 256 * MIB, 20)).isEqualTo(" 50%  ETA 0:02");
        assertThat(ProgressLine.render(HALF, 256 * MIB, 6)).isEqualTo(" 50%");
        assertThat(ProgressLine.render(HALF, 256 * MIB, 4)).isEmpty();
    }

    @Test
    void nothingToDoIsDone() {
        assertThat(ProgressLine.render(new Progress(0, 0, 0), 0, 80))
                .startsWith("100%  [====")
                .contains("0 matches");
    }

    @Test
    void aFileThatGrewIsNotMoreThanWhole() {
        assertThat(ProgressLine.render(new Progress(3 * MIB, 2 * MIB, 1), MIB, 80))
                .startsWith("100%")
                .contains("3.0 MiB of 3.0 MiB", "1 match ", "ETA 0:00");
    }

    @Test
    void withoutAKnownEndThereIsNoPercentAndNoRemainingTime() {
        assertThat(ProgressLine.render(new Progress(3 * MIB, Progress.UNKNOWN_TOTAL, 7), MIB, 80))
                .isEqualTo("3.0 MiB  1.0 MiB/s  7 matches");
    }

    @Test
    void whatIsWaitedForIsNamedWhereItFits() {
        String kafka = "Kafka at localhost:9092";
        assertThat(ProgressLine.waiting(kafka, 12, 80)).isEqualTo("waiting for Kafka at localhost:9092, 12 s");
        assertThat(ProgressLine.waiting(kafka, 12, 41)).isEqualTo("waiting for Kafka at localhost:9092");
        assertThat(ProgressLine.waiting(kafka, 12, 30)).isEqualTo("waiting, 12 s");
        assertThat(ProgressLine.waiting(kafka, 12, 13)).isEqualTo("waiting");
        assertThat(ProgressLine.waiting(kafka, 12, 7)).isEmpty();
        assertThat(ProgressLine.waiting(kafka, 12, 0)).isEmpty();
    }

    @Test
    void withoutASpeedYetThereIsNoRemainingTime() {
        assertThat(ProgressLine.render(HALF, 0, 80))
                .contains("512 MiB of 1.0 GiB")
                .doesNotContain("ETA", "/s");
    }
}
