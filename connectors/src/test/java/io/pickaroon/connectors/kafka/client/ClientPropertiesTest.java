package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.DeliveryException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertiesTest {
    @ParameterizedTest
    @CsvSource({
        "acks,1",
        "enable.idempotence,false",
        "transactional.id,mine",
        "bootstrap.servers,elsewhere:9092",
        "key.serializer,x",
        "value.serializer,x"
    })
    void whatTheGuaranteeNeedsIsNotTheUsersToSet(String name, String value) {
        assertThatThrownBy(() -> properties(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "linger.ms,soon",
        "compression.type,rar",
        "max.in.flight.requests.per.connection,6",
        "security.protocol,PLAIN"
    })
    void aValueThatKafkaDoesNotAcceptIsFatalAndNamed(String name, String value) {
        assertThatThrownBy(() -> properties(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageContainingAll("output.kafka", name);
    }

    @ParameterizedTest
    @CsvSource({"acks,all", "acks,-1", "enable.idempotence,true"})
    void sayingWhatIsFixedAnywayIsAllowed(String name, String value) {
        assertThatCode(() -> properties(Map.of(name, value))).doesNotThrowAnyException();
    }

    @Test
    void passesTheUsersSettingsToTheProducerAndWhatItUnderstandsToTheAdminClient() {
        ClientProperties properties = properties(Map.of(
                "linger.ms", "50", "security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "custom.setting", "x"));
        assertThat(properties.producer(Integer.MAX_VALUE))
                .containsEntry("linger.ms", "50")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("custom.setting", "x")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true");
        assertThat(properties.admin())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("custom.setting", "x")
                .doesNotContainKeys("linger.ms", "acks", "batch.size");
    }

    @Test
    void aSendWaitsForABrokerAsLongAsRecordsUnderWayDo() {
        assertThat(properties(Map.of("delivery.timeout.ms", "200000")).producer(Integer.MAX_VALUE))
                .containsEntry("max.block.ms", "200000");
        assertThat(properties(Map.of("max.block.ms", "1000")).producer(Integer.MAX_VALUE))
                .containsEntry("max.block.ms", "1000");
    }

    @Test
    void batchesStayWithinTheSmallestLimitOfATopic() {
        assertThat(properties(Map.of()).producer(10_000)).containsEntry("batch.size", 10_000);
        assertThat(properties(Map.of("batch.size", "5000")).producer(10_000)).containsEntry("batch.size", 5_000);
    }

    @Test
    void knowsWhomTheBrokersSee() {
        String jaas =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"shop\" password=\"p\";";
        assertThat(properties(Map.of("sasl.jaas.config", jaas)).principal()).isEqualTo("User:shop");
        assertThat(properties(Map.of()).principal()).isEqualTo("User:ANONYMOUS");
    }

    @Test
    void settingsShowNoValueOfAProperty() {
        assertThat(settings(Map.of("ssl.key.password", "hunter2")).toString())
                .contains("ssl.key.password")
                .doesNotContain("hunter2");
    }

    private static ClientProperties properties(Map<String, String> properties) {
        return new ClientProperties(settings(properties));
    }

    private static KafkaSinkSettings settings(Map<String, String> properties) {
        return new KafkaSinkSettings(
                "localhost:9092",
                Map.of(),
                properties,
                Map.of(),
                new Guarantee.AtLeastOnce(),
                new RefusedRecords.Stop());
    }
}
