package io.pickaroon.connectors.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Utils;

/**
 * The size of a record as Kafka's producer counts it before it compares it with {@code max.request.size}: a batch of
 * this record alone, uncompressed, an upper bound (record format v2, KIP-98).
 */
final class RecordSize {
    private static final int BATCH_HEADER_BYTES = 61;
    private static final int MAX_RECORD_HEADER_BYTES = 21;
    private static final int NO_KEY_BYTES = 1;

    private RecordSize() {}

    /** Bytes of a record without a key. */
    static int upperBound(ProducerRecord<byte[], byte[]> record) {
        int valueBytes = record.value().length;
        int size = BATCH_HEADER_BYTES + MAX_RECORD_HEADER_BYTES + NO_KEY_BYTES + prefixed(valueBytes);
        int headers = 0;
        for (Header header : record.headers()) {
            size += prefixed(Utils.utf8Length(header.key())) + prefixed(header.value().length);
            headers++;
        }
        return size + ByteUtils.sizeOfVarint(headers);
    }

    private static int prefixed(int lengthBytes) {
        return ByteUtils.sizeOfVarint(lengthBytes) + lengthBytes;
    }
}
