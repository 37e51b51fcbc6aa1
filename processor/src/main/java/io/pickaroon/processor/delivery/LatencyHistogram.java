package io.pickaroon.processor.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** Collects how long things take, in a few counters. Thread-safe; the sum may be seen one measurement ahead of the counts. */
public final class LatencyHistogram {
    private static final long[] BOUNDS_NANOS =
            Latencies.BOUNDS.stream().mapToLong(Duration::toNanos).toArray();
    private static final int AT_TOTAL = BOUNDS_NANOS.length + 1;

    private final AtomicLongArray counters = new AtomicLongArray(BOUNDS_NANOS.length + 2);

    /** Adds one measurement; less than nothing, from a clock that was set back, counts as nothing. */
    public void add(long nanos) {
        long took = Math.max(0, nanos);
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && took > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        counters.addAndGet(AT_TOTAL, took);
        counters.incrementAndGet(bucket);
    }

    public Latencies latencies() {
        List<Long> counts = IntStream.range(0, AT_TOTAL).mapToObj(counters::get).toList();
        return new Latencies(counts, Duration.ofNanos(counters.get(AT_TOTAL)));
    }
}
