package io.pickaroon.config.settings;

import java.util.Objects;

/**
 * Where matching records go and in what shape.
 *
 * @param topic a legal Kafka topic name; other outputs write it beside the record
 */
public record EmitSettings(String topic, Format format, Headers headers) {
    public EmitSettings {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(headers, "headers");
    }

    /** What an emitted record says of its origin beside its value. */
    public enum Headers {
        /** Path, offset, rule and id. */
        ALL,
        /** Nothing. */
        NONE
    }

    /** The shape of an emitted value. */
    public enum Format {
        /** The record's bytes without the delimiter. */
        RAW,
        /** A JSON object around the record. */
        JSON
    }
}
