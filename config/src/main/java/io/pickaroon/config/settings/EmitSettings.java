package io.pickaroon.config.settings;

import io.pickaroon.records.Template;
import java.util.Objects;
import java.util.Optional;

/**
 * Which matching records go where and in what shape.
 *
 * @param timestamp where the event's time stands in the record; empty: the time when the record was read
 * @param headers what an emitted record says beside its value
 * @param selection which records are emitted, and what comes with them
 */
public record EmitSettings(
        Target target,
        Optional<TimestampSettings> timestamp,
        HeaderSettings headers,
        Format format,
        Selection selection) {
    public EmitSettings {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(selection, "selection");
    }

    public Template topic() {
        return target.topic();
    }

    public Optional<Template> key() {
        return target.key();
    }

    public Partition partition() {
        return target.partition();
    }

    /**
     * Where records go.
     *
     * @param topic a legal Kafka topic name if it is the same for all records, else a template with a prefix of at least 3
     *     characters; other outputs write it beside the record
     * @param key of the record; empty: it has none
     * @param partition what chooses the partition
     */
    public record Target(Template topic, Optional<Template> key, Partition partition) {
        public Target {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(partition, "partition");
        }
    }

    /**
     * Which matching records are emitted, and how many of their neighbours come with each.
     *
     * @param oneIn one in so many is emitted, 1 to {@link #MOST_ONE_IN}; 1: all are
     * @param before records before it, 0 to {@link #MOST_NEIGHBOURS}
     * @param after records after it, 0 to {@link #MOST_NEIGHBOURS}
     */
    public record Selection(int oneIn, int before, int after) {
        public static final int MOST_ONE_IN = 1_000_000;
        public static final int MOST_NEIGHBOURS = 1_000;

        /** All records, each alone. */
        public static final Selection ALL = new Selection(1, 0, 0);

        /** Whether neighbours may come with a record. */
        public boolean hasContext() {
            return before > 0 || after > 0;
        }
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
        /** The record's bytes without the delimiter; in a container log its text alone. */
        MESSAGE,
        /** The same, but in a container log all lines of the record as they stand in the file. */
        RAW,
        /** A JSON object around the record. */
        JSON,
        /** An OTLP {@code LogsData} in protobuf. */
        OTLP
    }
}
