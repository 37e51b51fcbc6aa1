package io.pickaroon.config.properties;

import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.HeaderSettings.Header;
import io.pickaroon.config.value.Choices;
import java.util.List;

/** Writes what rules emit. */
final class EmitProperties {
    private EmitProperties() {}

    /** @param prefix ends with a dot */
    static void write(String prefix, EmitSettings emit, PropertyWriter writer) {
        EmitSettings byDefault = SmallestProperties.EMIT;
        writer.template(prefix + "topic", emit.topic());
        emit.key().ifPresent(key -> writer.template(prefix + "key", key));
        writer.putUnless(byDefault.partition(), prefix + "partition", emit.partition(), Choices.word(emit.partition()));
        emit.timestamp().ifPresent(timestamp -> {
            writer.template(prefix + "timestamp.from", timestamp.from());
            writer.put(prefix + "timestamp.format", timestamp.format());
            writer.put(prefix + "timestamp.zone", timestamp.zone().getId());
        });
        headers(prefix + "headers", emit.headers(), writer);
        writer.putUnless(byDefault.format(), prefix + "format", emit.format(), Choices.word(emit.format()));
        selection(prefix, emit.selection(), writer);
    }

    private static void headers(String property, HeaderSettings headers, PropertyWriter writer) {
        switch (headers) {
            case HeaderSettings.Default _ -> {
                // As it is where nothing is said.
            }
            case HeaderSettings.All _ -> writer.put(property, "all");
            case HeaderSettings.None _ -> writer.put(property, "none");
            case HeaderSettings.Listed(List<Header> listed) -> {
                writer.list(property, listed.stream().map(Header::name).toList());
                listed.forEach(header ->
                        header.value().ifPresent(value -> writer.template(property + "." + header.name(), value)));
            }
        }
    }

    private static void selection(String prefix, EmitSettings.Selection selection, PropertyWriter writer) {
        writer.putUnless(1, prefix + "sample", selection.oneIn(), "1/" + selection.oneIn());
        writer.putUnless(0, prefix + "context.before", selection.before(), Integer.toString(selection.before()));
        writer.putUnless(0, prefix + "context.after", selection.after(), Integer.toString(selection.after()));
    }
}
