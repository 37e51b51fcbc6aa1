package io.pickaroon.config.properties;

import io.pickaroon.config.check.RegexCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The properties of a connector, as the tests write and read them. */
record PropertyLines(Map<String, String> properties, Optional<String> deadLetterTopic) {
    /** The fewest that are right. */
    static final PropertyLines SMALLEST = new PropertyLines(Map.of(), Optional.empty())
            .with(
                    "inputs=shop",
                    "inputs.shop.include=/mnt/shop/*.log",
                    "rules=errors",
                    "rules.errors.match.literal=ERROR",
                    "rules.errors.emit.topic=shop-errors");

    /** Adds lines {@code name=value}. One without a value takes the property away. */
    PropertyLines with(String... lines) {
        Map<String, String> more = new TreeMap<>(properties);
        for (String line : lines) {
            int end = line.indexOf('=');
            String name = line.substring(0, end);
            if (end == line.length() - 1 && more.containsKey(name)) {
                more.remove(name);
            } else {
                more.put(name, line.substring(end + 1));
            }
        }
        return new PropertyLines(more, deadLetterTopic);
    }

    PropertyLines withDeadLetters(String topic) {
        return new PropertyLines(properties, Optional.of(topic));
    }

    ConnectorSettings read() throws PropertiesException {
        return ConnectorReader.read(properties, deadLetterTopic, RegexCheck.NONE, _ -> {});
    }

    /** Everything that is wrong. */
    List<String> mistakes() {
        try {
            read();
            return List.of();
        } catch (PropertiesException e) {
            return e.problems().stream().map(PropertyProblem::render).toList();
        }
    }

    List<String> warnings() throws PropertiesException {
        List<String> warnings = new ArrayList<>();
        ConnectorReader.read(properties, deadLetterTopic, RegexCheck.NONE, warning -> warnings.add(warning.render()));
        return warnings;
    }
}
