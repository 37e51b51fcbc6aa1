package io.pickaroon.connect.record;

import io.pickaroon.records.emit.RenderedRecord;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.header.Header;

/**
 * The size of a record as Kafka's producer counts it: a batch of this record alone, uncompressed, an upper bound (record format
 * v2, KIP-98). Keys and values are sent as they are, and texts of headers as UTF-8.
 */
final class RecordBytes {
    private static final int BATCH_HEADER_BYTES = 61;
    private static final int MAX_RECORD_HEADER_BYTES = 21;
    private static final int MAX_VARINT_BYTES = 5;
    /** Of a character of a name, and of a byte of a value that is no UTF-8. */
    private static final int MAX_ENCODED_BYTES = 3;

    private RecordBytes() {}

    /** Bytes of a record. */
    static int upperBound(byte[] key, byte[] value, Iterable<Header> headers) {
        int size = BATCH_HEADER_BYTES + MAX_RECORD_HEADER_BYTES + prefixed(key.length) + prefixed(value.length);
        int count = 0;
        for (Header header : headers) {
            size += prefixed(Utils.utf8Length(header.key())) + prefixed(HeaderForm.valueBytes(header));
            count++;
        }
        return size + ByteUtils.sizeOfVarint(count);
    }

    /** No less than the bytes of a record, found without looking at its texts; it does not overflow. */
    static long estimate(byte[] key, RenderedRecord record) {
        long bytes = BATCH_HEADER_BYTES
                + MAX_RECORD_HEADER_BYTES
                + 3L * MAX_VARINT_BYTES
                + key.length
                + (long) record.value().length;
        for (int header = 0; header < record.headerCount(); header++) {
            long characters = record.headerName(header).length() + (long) record.headerValue(header).length;
            bytes += 2L * MAX_VARINT_BYTES + MAX_ENCODED_BYTES * characters;
        }
        return bytes;
    }

    private static int prefixed(int lengthBytes) {
        return ByteUtils.sizeOfVarint(lengthBytes) + lengthBytes;
    }
}
