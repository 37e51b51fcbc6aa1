package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.status.StatusClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password of the broker is in no message, no log and no page. */
@Timeout(120)
class SecretsStaySecretTest {
    private static final String PASSWORD = "hunter2";
    private static final Pattern ADDRESS = Pattern.compile("metrics and status at (http://\\S+)");

    @TempDir
    private Path directory;

    private SampleConfiguration sample;
    private Path secret;

    @BeforeEach
    void write() throws Exception {
        sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "ERROR one\n");
        secret = Files.writeString(directory.resolve("secret"), PASSWORD + "\n");
    }

    @Test
    void whileNoBrokerAnswers() throws Exception {
        Path file = configuration("PlainLoginModule required username='u' password='${file:" + secret + "}';");
        try (ForkedProgram program =
                ForkedProgram.start(directory, "run", "--stacktrace", "--log-format", "json", "-c", file.toString())) {
            await().atMost(Duration.ofSeconds(40)).until(() -> program.errors().contains("no broker answers"));
            Matcher address = ADDRESS.matcher(program.errors().replace("\\/", "/"));
            assertThat(address.find()).isTrue();
            URI base = URI.create(address.group(1).replaceAll("\".*", ""));

            assertThat(StatusClient.status(base, true)).contains("\"phase\"").doesNotContain(PASSWORD);
            assertThat(StatusClient.status(base, false)).doesNotContain(PASSWORD);
            assertThat(program.endBy("TERM")).isEqualTo(143);
            assertThat(program.errors()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void whenTheLoginIsWrittenWrongly() throws Exception {
        Path file = configuration("PlainLoginModule required username='u' password='${file:" + secret + "}'");

        CommandRun run = CommandRun.of("run", "--once", "--stacktrace", "-c", file);

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.errors())
                .contains("sasl.jaas.config", "does not end with")
                .doesNotContain(PASSWORD);
        assertThat(CommandRun.of("check", "-c", file).output()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zQ7\"kX2vW", "zQ7\\kX2vW\\", "zQ7'kX2;vW=", "zQ7\nkX2vW"})
    void aPasswordOfAnyCharactersIsTaken(String password) throws Exception {
        Files.writeString(secret, password + "\n");
        Path file = configuration("PlainLoginModule required username='u' password='${file:" + secret + "}';");

        CommandRun run = CommandRun.of("check", "--stacktrace", "-c", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors() + run.output()).doesNotContain("kX2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config: 'PlainLoginModule required username=\"u\" password=\"a\"zQ7kX2vW\";'",
                "sasl.jaas.config: zQ7kX2vW",
                "ssl.keystore.key: \"zQ7kX2vW\", ssl.keystore.type: PEM, security.protocol: SSL",
                "ssl.truststore.certificates: \"zQ7kX2vW\", ssl.truststore.type: PEM, security.protocol: SSL",
                "ssl.keystore.password: \"zQ7kX2vW\", ssl.keystore.location: /no/such, security.protocol: SSL",
                "ssl.truststore.password: zQ7kX2vW, ssl.truststore.location: /no/such, security.protocol: SSL",
                "ssl.key.password: [ zQ7kX2vW ]",
                "ssl.key.password: !zQ7kX2vW",
                "my.secret: zQ7kX2vW, linger.ms: zQ7kX2vW",
                "sasl.oauthbearer.token.endpoint.url: 'http://u:zQ7kX2vW@h/', linger.ms: x",
            })
    void noMistakeShowsIt(String properties) throws Exception {
        Path file = sample.write("""
            output:
              kafka:
                bootstrapServers: "127.0.0.1:1"
                properties: { %s }
            """.formatted(properties));

        for (String format : List.of("json", "text")) {
            CommandRun run = CommandRun.of("run", "--once", "--stacktrace", "--log-format", format, "-c", file);
            assertThat(run.exitCode()).isIn(1, 2);
            assertThat(run.errors() + run.output()).doesNotContain("zQ7k", "Q7kX", "7kX2", "kX2v", "X2vW");
        }
        CommandRun list = CommandRun.of("positions", "list", "--stacktrace", "-c", file);
        assertThat(list.exitCode()).isIn(1, 2);
        assertThat(list.errors() + list.output()).doesNotContain("zQ7k", "Q7kX", "7kX2", "kX2v", "X2vW");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "security.protocol",
                "compression.type",
                "request.timeout.ms",
                "metric.reporters",
                "partitioner.class",
                "ssl.protocol",
                "ssl.truststore.location",
                "ssl.enabled.protocols",
                "sasl.mechanism"
            })
    void inTheWrongPlaceItIsShownAsItIsWritten(String name) throws Exception {
        String more = name.startsWith("ssl.") ? ", security.protocol: SSL" : "";
        Path file = sample.write("""
            output:
              kafka:
                bootstrapServers: "127.0.0.1:1"
                properties: { %s: "${file:%s}"%s }
            """.formatted(
                        name,
                        secret,
                        name.equals("sasl.mechanism")
                                ? ", security.protocol: SASL_PLAINTEXT, sasl.jaas.config: '"
                                        + "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                        + " username=\"${file:" + secret + "}\" password=\"p\";'"
                                : more));

        try (ForkedProgram program = ForkedProgram.start(directory, "run", "--stacktrace", "-c", file.toString())) {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> program.errors().contains("error: ")
                            || program.errors().contains("Kafka at"));
            program.endBy("TERM");
            assertThat(program.errors()).doesNotContain(PASSWORD);
        }
    }

    private Path configuration(String login) throws Exception {
        return sample.write("""
            output:
              kafka:
                bootstrapServers: "127.0.0.1:1"
                properties:
                  security.protocol: SASL_PLAINTEXT
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: "org.apache.kafka.common.security.plain.%s"
            http: { port: 0 }
            """.formatted(login));
    }
}
