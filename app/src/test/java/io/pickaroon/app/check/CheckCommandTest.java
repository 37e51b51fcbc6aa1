package io.pickaroon.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.SampleConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhatEachInputHasNow() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "x".repeat(2048));
        Path file = sample.write(SampleConfiguration.CONSOLE);

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo(file + ": ok\ninput app: 1 file, 2.0 KiB\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void printsEveryMistakeWithItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), """
            inputs:
              - id: app
                inclode: [ /var/log/app.log ]
            rules:
              - id: errors
                match: { regex: 'a(' }
                emit: { topic: app-errors }
            output: { console: {} }
            """);

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .contains(file + ":3:5: error:", "include", file + ":6:", "missing closing )")
                .doesNotContain("pickaroon: ");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void aMissingFileIsAMistakeOfTheUser() {
        CommandRun run = CommandRun.of("check", "-c", directory.resolve("nowhere.yaml"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("nowhere.yaml");
    }

    @Test
    void whatThisVersionCannotDoIsAMistakeToo() throws IOException {
        Path file = new SampleConfiguration(directory)
                .write(
                        SampleConfiguration.CONSOLE,
                        "{ literal: ERROR }",
                        "  - { id: json, match: { literal: WARN }, emit: { topic: t, format: json } }");

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("rule json: 'format: json' cannot go to the console in this version");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "batch.sise: 5          ! 2 ! error: Kafka's producer has no setting 'batch.sise'; did you mean"
                        + " 'batch.size'?",
                "producer.linger.ms: 5  ! 2 ! did you mean 'linger.ms'?",
                "LINGER_MS: 5           ! 2 ! did you mean 'linger.ms'?",
                "compression: lz4       ! 2 ! did you mean 'compression.type'?",
                "sasl.password: x       ! 2 ! did you mean 'sasl.jaas.config'?",
                "batch.size: many       ! 2 ! error: the property 'batch.size': Kafka does not take the value 'many'",
                "audit.plugin.level: 9  ! 0 ! Kafka's producer has no setting 'audit.plugin.level'; it changes nothing",
                "group.id: x            ! 0 ! Kafka's producer has no setting 'group.id'; it changes nothing",
            })
    void judgesKafkaSettings(String property, int exitCode, String message) throws IOException {
        Path file = new SampleConfiguration(directory).write("""
            output:
              kafka:
                bootstrapServers: "127.0.0.1:1"
                properties:
                  %s
            """.formatted(property));

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.errors()).containsPattern("\\.yaml:\\d+:7: ").contains(message);
    }

    @ParameterizedTest
    @CsvSource({"'ERROR|', true", "'x*', true", "'.*', false", "'^', false", "'ERROR', false", "'(?s).*', false"})
    void warnsOfAnExpressionThatMatchesEverythingByMistake(String expression, boolean isSurprising) throws IOException {
        Path file = new SampleConfiguration(directory)
                .write(SampleConfiguration.CONSOLE, "{ regex: '" + expression + "' }", "");

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors().contains("matches the empty text, so every record matches"))
                .isEqualTo(isSurprising);
    }
}
