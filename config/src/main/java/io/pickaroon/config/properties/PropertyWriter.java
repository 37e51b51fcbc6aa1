package io.pickaroon.config.properties;

import io.pickaroon.records.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects properties in their order, and what is to be said of them. */
final class PropertyWriter {
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    void put(String property, String value) {
        properties.put(property, value);
    }

    void put(String property, Optional<String> value) {
        value.ifPresent(text -> put(property, text));
    }

    /** Writes a value unless it is the one that holds where nothing is given. */
    <T> void putUnless(T byDefault, String property, T value, String text) {
        if (!value.equals(byDefault)) {
            put(property, text);
        }
    }

    void list(String property, List<String> items) {
        put(property, ListText.join(items));
    }

    void template(String property, Template template) {
        put(property, template.toString());
        EnvironmentNames.in(template.toString()).stream()
                .findFirst()
                .ifPresent(name -> note(
                        property,
                        "'" + name + "' is refused in a connector, because each worker has an environment of its own;"
                                + " write the text itself, or take it from a config provider, as in '${env:NAME}'"));
    }

    /** Says that something does not carry over. */
    void note(String property, String text) {
        notes.add(property + ": " + text);
    }

    ConnectorProperties result() {
        return new ConnectorProperties(properties, notes);
    }
}
