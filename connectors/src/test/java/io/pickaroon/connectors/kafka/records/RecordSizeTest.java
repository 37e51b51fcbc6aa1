package io.pickaroon.connectors.kafka.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSizeTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 8_191, 8_192, 8_193, 1_048_575, 1_048_576, 5_000_000})
    void isWhatTheProducerReckons(int valueBytes) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("topic", new byte[valueBytes]);
        for (int headers = 0; headers < 70; headers++) {
            int kafkas = AbstractRecords.estimateSizeInBytesUpperBound(
                    RecordBatch.CURRENT_MAGIC_VALUE,
                    Compression.lz4().build().type(),
                    null,
                    record.value(),
                    record.headers().toArray());
            assertThat(RecordSize.upperBound(record)).as("%d headers", headers).isEqualTo(kafkas);
            record.headers().add("h\u00e9ader-" + headers, "v".repeat(headers).getBytes(StandardCharsets.UTF_8));
        }
    }
}
