package io.pickaroon.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.settings.OutputSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFileLimitTest {
    @ParameterizedTest
    @CsvSource({
        "256, 20000, 33, 2, 256",
        "256, 9223372036854775000, 33, 2, 256",
        "256, 964, 33, 2, 256",
        "1000, 964, 33, 2, 862",
        "1000, 964, 33, 64, 800",
        "256, 90, 33, 2, 20",
        "256, 40, 33, 2, 5",
        "256, 40, 33, 64, 4",
        "256, 36, 33, 2, 2",
        "256, 35, 33, 2, 1",
        "256, 33, 33, 2, 0",
        "256, 10, 33, 2, 0",
        "256, -10, 33, 2, 0",
        "3, 90, 33, 2, 3",
        "256, 22, 19, 2, 2",
    })
    void leavesDescriptorsForAllElse(int wanted, long left, int reserve, int threads, int most) {
        assertThat(OpenFileLimit.within(wanted, left, reserve, threads)).isEqualTo(most);
    }

    @Test
    void connectionsToBrokersAreSetAside() {
        assertThat(OpenFileLimit.reserve(new OutputSettings.File(Path.of("out"))))
                .isEqualTo(19);
        assertThat(OpenFileLimit.reserve(kafka("a:9092"))).isEqualTo(33);
        assertThat(OpenFileLimit.reserve(kafka("a:1,b:1,c:1,d:1,e:1"))).isEqualTo(37);
    }

    private static OutputSettings kafka(String bootstrapServers) {
        return new OutputSettings.Kafka(
                bootstrapServers,
                OutputSettings.Delivery.EXACTLY_ONCE,
                Map.of(),
                Optional.empty(),
                OutputSettings.OnRefusedRecord.STOP);
    }
}
