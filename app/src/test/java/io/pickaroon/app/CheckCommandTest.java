package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
