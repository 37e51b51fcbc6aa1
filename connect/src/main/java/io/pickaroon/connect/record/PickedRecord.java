package io.pickaroon.connect.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A source record that is equal to itself alone. The framework keeps its records as keys of maps: to compare their contents would
 * cost more than to send them.
 */
final class PickedRecord extends SourceRecord {
    private static final long serialVersionUID = 1;

    /**
     * Where a record comes from.
     *
     * @param partition source partition
     * @param offset source offset that is committed with it
     */
    record Source(Map<String, String> partition, Map<String, ?> offset) {}

    PickedRecord(
            Source source, String topic, byte[] key, byte[] value, Long timestampMillis, Iterable<Header> headers) {
        super(
                source.partition(),
                source.offset(),
                topic,
                null,
                Schema.BYTES_SCHEMA,
                key,
                value == null ? Schema.OPTIONAL_BYTES_SCHEMA : Schema.BYTES_SCHEMA,
                value,
                timestampMillis,
                headers);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
