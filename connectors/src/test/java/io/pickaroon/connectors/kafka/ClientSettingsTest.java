package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.claim.Orders;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientSettingsTest {
    private static Map<String, String> problems(Map<String, String> properties) {
        return ClientSettings.problemsWith(properties, new Guarantee.ExactlyOnce(Orders.named(Optional.of("shop"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "linger.ms           | soon      | Kafka does not take the value 'soon': Not a number of type LONG",
                "receive.buffer.bytes| -7        | Value must be at least -1",
                "security.protocol   | TLS       | Kafka does not take the value 'TLS'",
                "partitioner.class   | a.B       | Class a.B could not be found",
                "metric.reporters    | a.B,c.D   | there is no class a.B",
                "retries             | 0         | Must set retries to non-zero",
                "request.timeout.ms  | 130000    | delivery.timeout.ms is 120000, and must be at least",
                "fetch.min.bytes     | many      | Kafka does not take the value 'many'",
                "sasl.jaas.config    | x.Y z     | expected 'required' after the class",
            })
    void namesAValueThatIsWrong(String name, String value, String problem) {
        assertThat(problems(Map.of(name, value))).containsOnlyKeys(name);
        assertThat(problems(Map.of(name, value)).get(name)).contains(problem);
    }

    @Test
    void takesWhatIsRight() {
        assertThat(problems(Map.of(
                        "linger.ms", "5",
                        "acks", "all",
                        "compression.type", "zstd",
                        "my.plugin", "x",
                        "interceptor.classes", "",
                        "ssl.key.password", "p")))
                .isEmpty();
    }

    @Test
    void tellsAllThatIsWrong() {
        assertThat(problems(Map.of("linger.ms", "x", "batch.size", "y", "retries", "5")))
                .containsOnlyKeys("linger.ms", "batch.size");
    }

    @Test
    void aMessageWithoutASecretIsShownAlthoughItsWordsAreInASecret() {
        SecretTexts secrets = SecretTexts.of(Map.of("ssl.key.password", "kafka-password-x9Q!z"));

        assertThat(secrets.shown("org.apache.kafka: Invalid username or password"))
                .isEqualTo("org.apache.kafka: Invalid username or password");
        assertThat(secrets.shown("broken at x9Q!z")).doesNotContain("x9Q");
        assertThat(secrets.test(null)).isFalse();
    }
}
