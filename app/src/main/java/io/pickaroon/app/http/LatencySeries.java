package io.pickaroon.app.http;

import io.pickaroon.processor.delivery.Latencies;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A histogram of what was counted elsewhere. Micrometer has counters and timers of that kind, and no histograms; so this
 * one is made for its Prometheus registry.
 *
 * @param name in the way of Prometheus, with its unit
 * @param latencies read in each scrape
 */
record LatencySeries(String name, String help, Supplier<Latencies> latencies) implements Collector {
    @Override
    public HistogramSnapshot collect() {
        Latencies now = latencies.get();
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets(now.counts()))
                        .sum(Series.seconds(now.total()))
                        .build())
                .build();
    }

    @Override
    public String getPrometheusName() {
        return name;
    }

    private static ClassicHistogramBuckets buckets(List<Long> counts) {
        List<Double> bounds = Stream.concat(
                        Latencies.BOUNDS.stream().map(Series::seconds), Stream.of(Double.POSITIVE_INFINITY))
                .toList();
        return ClassicHistogramBuckets.of(bounds, counts);
    }
}
