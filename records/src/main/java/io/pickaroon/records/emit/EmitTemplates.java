package io.pickaroon.records.emit;

import io.pickaroon.records.Template;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rule emits, as it is configured. Immutable.
 *
 * @param topic a literal one is taken as it is
 * @param headers in the order in which they are sent
 * @param timestamp empty if the time is when the record was read
 * @param hasContext whether neighbours may come with a record, so that values say how many did
 */
public record EmitTemplates(
        Template topic,
        Optional<Template> key,
        List<HeaderTemplate> headers,
        Optional<TimestampTemplate> timestamp,
        ValueFormat format,
        boolean hasContext) {
    public EmitTemplates {
        headers = List.copyOf(headers);
    }

    /** Of records that stand alone. */
    public EmitTemplates(
            Template topic,
            Optional<Template> key,
            List<HeaderTemplate> headers,
            Optional<TimestampTemplate> timestamp,
            ValueFormat format) {
        this(topic, key, headers, timestamp, format, false);
    }

    /** All templates that a record's texts are made by, in no certain order. */
    public Stream<Template> templates() {
        return Stream.of(
                        Stream.of(topic),
                        key.stream(),
                        headers.stream().flatMap(header -> header.value().stream()),
                        timestamp.stream().map(TimestampTemplate::from))
                .flatMap(templates -> templates);
    }
}
