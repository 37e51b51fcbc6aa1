package io.pickaroon.connectors.kafka.records;

import io.pickaroon.records.emit.RenderedRecord;
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
    private static final int MAX_VARINT_BYTES = 5;
    private static final int MAX_BYTES_OF_A_CHARACTER = 3;

    private RecordSize() {}

    /** Bytes of a record. */
    public static int upperBound(ProducerRecord<byte[], byte[]> record) {
        int keyBytes = record.key() == null ? NO_KEY_BYTES : prefixed(record.key().length);
        return BATCH_HEADER_BYTES
                + MAX_RECORD_HEADER_BYTES
                + keyBytes
                + prefixed(record.value().length)
                + ofHeaders(record.headers());
    }

    /** No less than the bytes of a record, found without looking at its texts; it does not overflow. */
    static long estimate(RenderedRecord record) {
        long bytes = BATCH_HEADER_BYTES
                + MAX_RECORD_HEADER_BYTES
                + 3L * MAX_VARINT_BYTES
                + record.key().length
                + (long) record.value().length;
        for (int header = 0; header < record.headerCount(); header++) {
            bytes += 2L * MAX_VARINT_BYTES
                    + MAX_BYTES_OF_A_CHARACTER
                            * (long) record.headerName(header).length()
                    + record.headerValue(header).length;
        }
        return bytes;
    }

    private static int ofHeaders(Iterable<Header> headers) {
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
