package io.pickaroon.connectors.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Every record of the positions topic is read as it would be written, or refused with a reason. */
class PositionFuzzTest {
    private final PositionCodec codec = new PositionCodec("shop-1");

    /** @param record the key, up to the first line feed, and the value behind it */
    @FuzzTest(maxDuration = "10m")
    void aPositionIsReadOrRefused(byte[] record) {
        int lineFeed = new String(record, StandardCharsets.ISO_8859_1).indexOf('\n');
        int keyBytes = lineFeed < 0 ? record.length : lineFeed;
        checkKey(Arrays.copyOf(record, keyBytes));
        checkValue(Arrays.copyOfRange(record, Math.min(record.length, keyBytes + 1), record.length));
    }

    private void checkKey(byte[] key) {
        try {
            Optional<FileIdentity> file = codec.file(key);
            if (file.isPresent()) {
                assertThat(codec.file(codec.key(file.get()))).isEqualTo(file);
            }
        } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private void checkValue(byte[] value) {
        try {
            DeliveredPosition position = codec.position(value);
            byte[] again = codec.value("/var/log/shop.log", position, Instant.EPOCH);
            assertThat(codec.position(again)).isEqualTo(position);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
