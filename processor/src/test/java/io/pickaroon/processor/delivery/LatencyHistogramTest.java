package io.pickaroon.processor.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void aTimeCountsUnderTheFirstBoundThatItDoesNotExceed() {
        histogram.add(TimeUnit.MILLISECONDS.toNanos(1));
        histogram.add(TimeUnit.MILLISECONDS.toNanos(1) + 1);
        histogram.add(TimeUnit.HOURS.toNanos(1));
        histogram.add(-5);

        Latencies latencies = histogram.latencies();

        assertThat(latencies.counts()).startsWith(2L, 1L, 0L).endsWith(0L, 1L).hasSize(Latencies.BOUNDS.size() + 1);
        assertThat(latencies.count()).isEqualTo(4);
        assertThat(latencies.total())
                .isEqualTo(Duration.ofHours(1).plusMillis(2).plusNanos(1));
    }

    @Test
    void thoseOfSeveralRunsAddUp() {
        histogram.add(3);
        Latencies one = histogram.latencies();

        assertThat(one.plus(Latencies.NONE)).isEqualTo(one);
        assertThat(one.plus(one).count()).isEqualTo(2);
        assertThat(one.plus(one).total()).isEqualTo(Duration.ofNanos(6));
    }
}
