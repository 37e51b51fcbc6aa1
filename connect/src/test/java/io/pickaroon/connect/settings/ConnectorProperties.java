package io.pickaroon.connect.settings;

import java.util.Map;
import java.util.TreeMap;

/** Properties of a connector, as the tests write them. */
public final class ConnectorProperties {
    private ConnectorProperties() {}

    /** The fewest that are right, with others added: lines {@code name=value}; one without a value takes it away. */
    public static Map<String, String> with(String... lines) {
        Map<String, String> properties = new TreeMap<>(Map.ofEntries(
                Map.entry("name", "shop"),
                Map.entry("connector.class", "io.pickaroon.connect.PickaroonSourceConnector"),
                Map.entry("tasks.max", "4"),
                Map.entry("exactly.once.support", "required"),
                Map.entry("transaction.boundary", "connector"),
                Map.entry("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
                Map.entry("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter"),
                Map.entry("topic.creation.default.partitions", "4"),
                Map.entry("topic.creation.default.replication.factor", "3"),
                Map.entry("storage.label", "nfs-1"),
                Map.entry("inputs", "shop"),
                Map.entry("inputs.shop.include", "/mnt/shop/*.log"),
                Map.entry("rules", "errors"),
                Map.entry("rules.errors.match.literal", "ERROR"),
                Map.entry("rules.errors.emit.topic", "shop-errors")));
        for (String line : lines) {
            int end = line.indexOf('=');
            String name = line.substring(0, end);
            if (end == line.length() - 1 && properties.containsKey(name)) {
                properties.remove(name);
            } else {
                properties.put(name, line.substring(end + 1));
            }
        }
        return properties;
    }
}
