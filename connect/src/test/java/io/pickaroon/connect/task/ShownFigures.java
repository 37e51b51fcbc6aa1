package io.pickaroon.connect.task;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/** The figures that the last task of a worker shows. */
final class ShownFigures implements PluginMetrics {
    private final Map<String, Gauge<?>> gauges = new HashMap<>();

    Object value(String name) {
        return gauges.get(name).value(null, 0);
    }

    @Override
    @SuppressWarnings("NonApiType")
    public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
        return new MetricName(name, "plugins", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> value) {
        gauges.put(name.name(), (Gauge<?>) value);
    }

    @Override
    public void removeMetric(MetricName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Sensor addSensor(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeSensor(String name) {
        throw new UnsupportedOperationException();
    }
}
