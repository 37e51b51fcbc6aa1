package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.http.StatusClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(run.errors()).contains("JAAS").doesNotContain(PASSWORD);
        assertThat(CommandRun.of("check", "-c", file).output()).doesNotContain(PASSWORD);
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
