package io.pickaroon.app.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pickaroon.app.report.DaemonStatus;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.metrics.CommitFigures;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.RuleFigures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A status as Prometheus reads it. Labels are inputs and rules of the configuration, so the number of series does not grow
 * with the number of files. Every scrape looks at one moment. Thread-safe.
 */
final class MetricsPage implements AutoCloseable {
    /** What a series is about; the rule is empty where it is about the whole input. */
    private record Subject(String input, String rule) {}

    private final Supplier<DaemonStatus> live;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final Map<Subject, List<Meter>> meters = new HashMap<>();
    private final Map<String, InputFigures> inputs = new HashMap<>();
    private final Function<String, InputFigures> figures = inputs::get;
    private DaemonStatus status;

    MetricsPage(Supplier<DaemonStatus> live) {
        this.live = live;
        this.status = live.get();
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
        bindProcess();
    }

    /** The page, in a format that this {@code Accept} header asks for. */
    synchronized String scrape(String accepted) {
        status = live.get();
        inputs.clear();
        Set<Subject> present = new HashSet<>();
        for (InputFigures input : status.inputs()) {
            inputs.put(input.id(), input);
            present.add(new Subject(input.id(), ""));
            for (RuleFigures rule : input.rules()) {
                present.add(new Subject(input.id(), rule.id()));
            }
        }
        meters.keySet().stream()
                .filter(subject -> !present.contains(subject))
                .toList()
                .forEach(gone -> meters.remove(gone).forEach(registry::remove));
        present.forEach(subject -> meters.computeIfAbsent(subject, this::bind));
        return registry.scrape(accepted);
    }

    private List<Meter> bind(Subject subject) {
        return subject.rule().isEmpty()
                ? Series.ofInput(registry, figures, subject.input())
                : Series.ofRule(registry, figures, subject.input(), subject.rule());
    }

    private void bindProcess() {
        Gauge.builder("pickaroon.build.info", () -> 1)
                .description("Always 1; the version is a label.")
                .tags("version", status.process().version())
                .register(registry);
        gauge(
                "pickaroon.ready",
                "Whether matches can be delivered: 1 or 0.",
                at -> at.reasonsNotReady().isEmpty() ? 1 : 0);
        gauge(
                "pickaroon.checkpoint.age.seconds",
                "Time since everything that was delivered by then was durable.",
                at -> at.commits().map(commits -> Series.seconds(commits.age())).orElse(Double.NaN));
        count(
                "pickaroon.outages",
                "Times that the destination failed for a while.",
                Tags.empty(),
                at -> at.delivery().outages());
        String reloads = "Changed configurations, by what became of them.";
        count(
                "pickaroon.reloads",
                reloads,
                Tags.of("result", "applied"),
                at -> at.process().reloads().applied());
        count(
                "pickaroon.reloads",
                reloads,
                Tags.of("result", "refused"),
                at -> at.process().reloads().refused());
        registry.getPrometheusRegistry()
                .register(new LatencySeries(
                        "pickaroon_checkpoint_commit_seconds",
                        "Commits: the fixes of a group of windows, their syncs, and the checkpoint.",
                        () -> status.commits().map(CommitFigures::latencies).orElse(Latencies.NONE)));
        registry.getPrometheusRegistry()
                .register(new LatencySeries(
                        "pickaroon_kafka_transaction_seconds",
                        "Transactions: from the first record to the brokers' word that all of it is committed.",
                        () -> status.delivery().transactions()));
    }

    private void gauge(String name, String help, ToDoubleFunction<DaemonStatus> value) {
        Gauge.builder(name, this, page -> value.applyAsDouble(page.status))
                .description(help)
                .register(registry);
    }

    private void count(String name, String help, Tags tags, ToDoubleFunction<DaemonStatus> value) {
        FunctionCounter.builder(name, this, page -> value.applyAsDouble(page.status))
                .description(help)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
