package io.pickaroon.connectors.kafka.records;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Utils;

/**
 * The size of a record as Kafka's producer counts it before it compares it with {@code max.request.size}: a batch of
 * this record alone, uncompressed, an upper bound (record format v2, KIP-98).
 */
public final class RecordSize {
    private static final int BATCH_HEADER_BYTES = 61;
    private static final int MAX_RECORD_HEADER_BYTES = 21;
    private static final int NO_KEY_BYTES = 1;

    private RecordSize() {}

    /** Bytes of a record without a key. */
    public static int upperBound(ProducerRecord<byte[], byte[]> record) {
        return upperBound(record.value().length, ofHeaders(record.headers()));
    }

    /**
     * Bytes of a record without a key, if its value has {@code valueBytes}.
     *
     * @param headerBytes what {@link #ofHeaders} gave for its headers
     */
    public static int upperBound(int valueBytes, int headerBytes) {
        return BATCH_HEADER_BYTES + MAX_RECORD_HEADER_BYTES + NO_KEY_BYTES + prefixed(valueBytes) + headerBytes;
    }

    static int ofHeaders(Iterable<Header> headers) {
        int size = 0;
        int count = 0;
        for (Header header : headers) {
            size += prefixed(Utils.utf8Length(header.key())) + prefixed(header.value().length);
            count++;
        }
        return size + ByteUtils.sizeOfVarint(count);
    }

    private static int prefixed(int lengthBytes) {
        return ByteUtils.sizeOfVarint(lengthBytes) + lengthBytes;
    }
}
