package io.pickaroon.processor.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long things took, as counts of those that took no longer than a bound. Immutable.
 *
 * @param counts one for each of {@link #BOUNDS}, of what took longer than the bound before it; and one for all that took
 *     longer than the last
 * @param total all times together
 */
public record Latencies(List<Long> counts, Duration total) {
    /** From what a fast disk takes to what a broker in trouble takes. */
    public static final List<Duration> BOUNDS = Stream.of(
                    1L, 2L, 5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L)
            .map(Duration::ofMillis)
            .toList();

    /** Nothing was measured. */
    public static final Latencies NONE = new Latencies(
            IntStream.rangeClosed(0, BOUNDS.size()).mapToObj(_ -> 0L).toList(), Duration.ZERO);

    public Latencies {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS.size() + 1) {
            throw new IllegalArgumentException(counts.size() + " counts for " + BOUNDS.size() + " bounds");
        }
    }

    /** How many things were measured. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    public Latencies plus(Latencies other) {
        return new Latencies(
                IntStream.range(0, counts.size())
                        .mapToObj(i -> counts.get(i) + other.counts.get(i))
                        .toList(),
                total.plus(other.total));
    }
}
