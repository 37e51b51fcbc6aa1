package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Orders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "partitioner.class   | a.B       | there is no class a.B on the class path",
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
    void namesALoginModuleThatIsNotThere() {
        assertThat(problems(Map.of("sasl.jaas.config", "plugin.NoModule required role=\"shipper-9\";")))
                .containsValue("there is no class plugin.NoModule on the class path");
        assertThat(problems(Map.of("security.providers", "plugin.A")))
                .containsValue("there is no class plugin.A on the class path");
        assertThat(problems(Map.of(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required role=\"IamHandler\";",
                        "sasl.client.callback.handler.class",
                        "plugin.IamHandler")))
                .containsOnly(Map.entry(
                        "sasl.client.callback.handler.class", "there is no class of this name on the class path"));
        for (String login : List.of("hunter2 required;", "plugin.NoModule required password=\"hunter2\";")) {
            assertThat(ClientSettings.problemsWith(
                            Map.of("sasl.jaas.config", login),
                            Map.of("sasl.jaas.config", "${LOGIN}"),
                            new Guarantee.AtLeastOnce()))
                    .containsValue("there is no class of this name on the class path");
        }
    }

    /** A login without options has no secret, and its class is in most of what a plug-in says. */
    @Test
    void aLoginWithoutOptionsHidesNothing() {
        SecretTexts secrets = SecretTexts.of(Map.of("sasl.jaas.config", "plugin.IAMLoginModule required;"));
        assertThat(secrets.shown("plugin.IAMLoginModule: no credentials"))
                .isEqualTo("plugin.IAMLoginModule: no credentials");
        assertThat(SecretTexts.of(Map.of("sasl.jaas.config", "hunter2 required"))
                        .test("hunter2"))
                .isTrue();
    }

    @Test
    void aUrlWithALineFeedHidesItsSecretsToo() {
        SecretTexts secrets = SecretTexts.of(Map.of("my.url", "http://u:hunter2\nX@h/?key=zQ7k\nX"));
        assertThat(secrets.test("hunter2")).isTrue();
        assertThat(secrets.test("zQ7k")).isTrue();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "security.protocol",
                "client.dns.lookup",
                "compression.type",
                "linger.ms",
                "batch.size",
                "max.block.ms",
                "enable.metrics.push",
                "metric.reporters",
                "interceptor.classes",
                "partitioner.class",
                "sasl.login.class",
                "sasl.client.callback.handler.class",
                "metrics.recording.level",
                "bootstrap.controllers"
            })
    void aValueThatAVariableBringsIsShownAsItIsWritten(String name) {
        for (String value : List.of("hunter2!", "ab", "hun ter2,hun\"ter3", " hunter2\nKLM ", "-1")) {
            String written = "x${ANY}";
            String said = ClientSettings.problemsWith(
                            Map.of(name, value), Map.of(name, written), new Guarantee.AtLeastOnce())
                    .toString();
            assertThat(said.replace(name, "")).as(value).doesNotContain("hun", "ter2", "ter3", "KLM");
            if (value.startsWith("hunter2") && !name.equals("bootstrap.controllers")) {
                assertThat(said).contains(written);
            }
        }
    }

    @Test
    void numbersThatVariablesBringAreShownAsTheyAreWritten() {
        Map<String, String> properties = Map.of("delivery.timeout.ms", "4321", "linger.ms", "98765");
        assertThat(ClientSettings.problemsWith(
                        properties,
                        Map.of("delivery.timeout.ms", "${D}", "linger.ms", "${L}"),
                        new Guarantee.AtLeastOnce()))
                .containsValue("delivery.timeout.ms is ${D}, and must be at least linger.ms + request.timeout.ms");
    }

    @Test
    void linesOfALogAreLeftOutForTextsAlone() {
        var secrets = ClientSettings.secretsIn(
                Map.of(
                        "ssl.protocol",
                        "hunter2",
                        "client.id",
                        "log-7",
                        "retries",
                        "4711",
                        "security.protocol",
                        "SASL_SSL"),
                Map.of("ssl.protocol", "${T}", "client.id", "${C}", "retries", "${R}", "security.protocol", "${P}"));
        assertThat(secrets.test("no hunter2")).isTrue();
        assertThat(secrets.test("[clientId=log-7] SASL_SSL, 4711 times")).isFalse();
    }

    @Test
    void whatAClientSaysHasValuesAsTheyAreWritten() {
        SecretTexts secrets = SecretTexts.of(
                Map.of("ssl.protocol", "hunter2", "client.id", "log-7", "ssl.key.password", "zQ7kX2vW"),
                Map.of("ssl.protocol", "${TLS}", "client.id", "log-${N}", "ssl.key.password", "${file:/p}"));
        assertThat(secrets.shown("hunter2 SSLContext not available for log-7"))
                .isEqualTo("${TLS} SSLContext not available for log-${N}");
        assertThat(secrets.shown("wrong: zQ7kX2vW")).isEqualTo("wrong: ${file:/p}");
        assertThat(secrets.shown("wrong: Q7kX2"))
                .isEqualTo(secrets.shown("kX2v"))
                .doesNotContain("kX2");
        assertThat(secrets.shown(new IllegalStateException("no", new IllegalStateException("hunter2")))
                        .toString())
                .doesNotContain("hunter2")
                .contains("IllegalStateException");
    }
}
