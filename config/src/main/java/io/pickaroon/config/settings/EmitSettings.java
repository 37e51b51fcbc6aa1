package io.pickaroon.config.settings;

import io.pickaroon.records.Template;
import java.util.Objects;
import java.util.Optional;

/**
 * Where matching records go and in what shape.
 *
 * @param topic a legal Kafka topic name if it is the same for all records, else a template with a prefix of at least 3
 *     characters; other outputs write it beside the record
 * @param key of the record; empty: it has none
 * @param partition what chooses the partition
 * @param timestamp where the event's time stands in the record; empty: the time when the record was read
 * @param headers what an emitted record says beside its value
 */
public record EmitSettings(
        Template topic,
        Optional<Template> key,
        Partition partition,
        Optional<TimestampSettings> timestamp,
        HeaderSettings headers,
        Format format) {
    public EmitSettings {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(format, "format");
    }

    /** What chooses the partition of a record. */
    public enum Partition {
        /** Its file, so that the records of a file keep their order. */
        FILE,
        /** Its key, as Kafka's own partitioner does. Records with the same key keep their order. */
        KEY
    }

    /** The shape of an emitted value. */
    public enum Format {
        /** The record's bytes without the delimiter. */
        RAW,
        /** A JSON object around the record. */
        JSON,
        /** An OTLP {@code LogsData} in protobuf. */
        OTLP
    }
}
