package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.kafka.client.ClientSettings;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.DeliveryException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** No message about a wrong secret setting holds four characters of it in a row. */
class SecretsOfSettingsTest extends SinkSessions {
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
    private static final String OAUTH_HANDLER =
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler";
    private static final List<String> SECRETS = List.of(
            "q7Zp#kX2vW9", "q7Zp\"kX2vW9", "q7Zp\\kX2v;W9=", "q7Zp'kX2 vW9", "q7Zp\nkX2vW9", "q7Zp${kX2}vW9%s{}");

    static Stream<Arguments> settings() {
        return Stream.of(
                        sasl("PLAIN", PLAIN + " required username=\"u\" password=\"SECRET\";"),
                        sasl("PLAIN", PLAIN + " required username=\"u\" password=\"SECRET\""),
                        sasl("PLAIN", PLAIN + " required username='u' password=SECRET;"),
                        sasl("PLAIN", PLAIN + " password=\"SECRET\";"),
                        sasl("PLAIN", "SECRET"),
                        sasl("PLAIN", "x.NoModule required password=\"SECRET\";"),
                        sasl(
                                "SCRAM-SHA-512",
                                SCRAM + " required username=\"id\" password=\"SECRET\" tokenauth=\"true\";"),
                        sasl("SCRAM-SHA-9", SCRAM + " required username=\"id\" password=\"SECRET\";"),
                        sasl("OAUTHBEARER", OAUTH + " required clientId=\"u\" clientSecret=\"SECRET\";"),
                        oauth("sasl.oauthbearer.token.endpoint.url", "http://u:SECRET@127.0.0.1:1/x?key=SECRET"),
                        oauth("sasl.oauthbearer.client.credentials.client.secret", "SECRET"),
                        oauth("sasl.oauthbearer.assertion.private.key.passphrase", "SECRET"),
                        oauth("sasl.oauthbearer.assertion.private.key.file", "/no/such"),
                        ssl("ssl.key.password", "SECRET", Map.of("ssl.keystore.location", "STORE")),
                        ssl("ssl.keystore.password", "SECRET", Map.of("ssl.keystore.location", "STORE")),
                        ssl("ssl.truststore.password", "SECRET", Map.of("ssl.truststore.location", "STORE")),
                        ssl("ssl.truststore.password", "SECRET", Map.of("ssl.truststore.type", "PEM")),
                        ssl("ssl.keystore.key", pem("PRIVATE KEY"), chain("SECRET")),
                        ssl("ssl.keystore.key", "SECRET", chain(pem("CERTIFICATE"))),
                        ssl("ssl.keystore.key", pem("ENCRYPTED PRIVATE KEY"), Map.of("ssl.key.password", "SECRET")),
                        ssl("ssl.keystore.certificate.chain", pem("CERTIFICATE"), Map.of("ssl.keystore.type", "PEM")),
                        ssl("ssl.truststore.certificates", pem("CERTIFICATE"), Map.of("ssl.truststore.type", "PEM")),
                        ssl("ssl.truststore.certificates", "SECRET", Map.of("ssl.truststore.type", "PEM")),
                        Map.of("my.plugin.password", "SECRET", "linger.ms", "SECRET", "retries", "x"),
                        Map.of("interceptor.classes", "x.SECRET", "my.token", "SECRET"))
                .flatMap(settings -> SECRETS.stream().map(secret -> Arguments.of(settings, secret)));
    }

    private static Map<String, String> sasl(String mechanism, String login) {
        return Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", mechanism, "sasl.jaas.config", login);
    }

    private static Map<String, String> oauth(String name, String value) {
        Map<String, String> settings = new HashMap<>(sasl("OAUTHBEARER", OAUTH + " required;"));
        settings.put("sasl.login.callback.handler.class", OAUTH_HANDLER);
        settings.put("sasl.oauthbearer.token.endpoint.url", "http://127.0.0.1:1/");
        settings.put("sasl.login.retry.backoff.max.ms", "10");
        settings.put("sasl.login.retry.backoff.ms", "1");
        settings.put(name, value);
        return settings;
    }

    private static Map<String, String> ssl(String name, String value, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("security.protocol", "SSL");
        settings.put(name, value);
        return settings;
    }

    private static Map<String, String> chain(String certificates) {
        return Map.of("ssl.keystore.type", "PEM", "ssl.keystore.certificate.chain", certificates);
    }

    private static String pem(String what) {
        return "-----BEGIN %s-----\nSECRET\n-----END %s-----\n".formatted(what, what);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nothingThatIsSaidHoldsAPartOfOne(Map<String, String> template, String secret) throws Exception {
        String store = Files.writeString(directory.resolve("store"), "no store").toString();
        Map<String, String> properties = new HashMap<>();
        template.forEach((key, value) ->
                properties.put(key, value.replace("STORE", store).replace("SECRET", secret)));
        StringWriter said = new StringWriter();
        try (CapturedLog log = new CapturedLog("")) {
            try (KafkaSink sink = new KafkaSink(new KafkaSinkSettings(
                    broker.bootstrapServers(),
                    Map.of(),
                    properties,
                    Map.of(),
                    new Guarantee.AtLeastOnce(),
                    new RefusedRecords.Stop()))) {
                sink.deliver(Flux.empty())
                        .timeout(Duration.ofMillis(400))
                        .doOnError(e -> e.printStackTrace(new PrintWriter(said, true)))
                        .onErrorComplete()
                        .blockLast();
            } catch (DeliveryException e) {
                e.printStackTrace(new PrintWriter(said, true));
            }
            // What the application does with lines of libraries.
            Stream.of(Level.ERROR, Level.WARN, Level.INFO)
                    .flatMap(level -> log.messages(level).stream())
                    .filter(message -> !ClientSettings.secretsIn(properties).test(message))
                    .forEach(message -> said.append(message).append("\n"));
        }
        ClientSettings.problemsWith(properties, new Guarantee.AtLeastOnce())
                .forEach((name, problem) -> said.append(name + ": " + problem + "\n"));

        assertThat(partsOf(secret)).noneMatch(part -> said.toString().contains(part));
    }

    private static List<String> partsOf(String secret) {
        return Stream.iterate(0, i -> i + 4 <= secret.length(), i -> i + 1)
                .map(i -> secret.substring(i, i + 4))
                .toList();
    }
}
