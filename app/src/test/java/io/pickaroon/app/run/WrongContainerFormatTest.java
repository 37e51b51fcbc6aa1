package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is not in the {@code format} of its input is seen as such. */
class WrongContainerFormatTest {
    private static final String DOCKER_LINE =
            "{\"log\":\"ERROR a\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-30T10:00:00.1Z\"}\n";
    private static final String CRI_LINE = "2026-11-30T10:00:00.1Z stdout F ERROR a\n";

    @TempDir
    private Path directory;

    private Path configure(String format, String log) throws IOException {
        Files.writeString(directory.resolve("a.log"), log);
        return Files.writeString(directory.resolve("pickaroon.yaml"), """
            inputs:
              - { id: app, include: [ "%s/a.log" ], format: %s }
            rules:
              - { id: errors, match: { literal: ERROR }, emit: { topic: t } }
            output: { file: { path: "%1$s/found.ndjson" } }
            """.formatted(directory, format));
    }

    @Test
    void linesOfTheOtherFormatAreWarnedOfOnceAndCountedEverywhere() throws IOException {
        Path configuration = configure("cri", DOCKER_LINE.repeat(3));
        Path ledger = directory.resolve("ledger.json");
        String warning =
                directory.resolve("a.log") + " is not in the format cri, it looks like docker: each of its first"
                        + " lines (3) is taken as a record as it stands; see 'format' of input app";
        String count = "not in the format of their input, each a record as it stands: 3";

        CommandRun run = CommandRun.of("run", "-c", configuration, "--once", "--ledger", ledger);
        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.errors()).containsOnlyOnce(warning).contains(count);
        assertThat(Files.readString(ledger)).contains("\"foreignLines\" : 3", "\"cutRecords\" : 0");

        CommandRun plan = CommandRun.of("plan", "-c", configuration);
        assertThat(plan.errors()).containsOnlyOnce(warning);
        assertThat(plan.output()).contains(count);

        CommandRun json = CommandRun.of("run", "-c", configuration, "--once", "--log-format", "json");
        assertThat(json.errors()).contains("\"foreignLines\":\"3\"");
    }

    @Test
    void aCutMessageIsCountedAndALineBetweenOthersIsNoWrongFormat() throws IOException {
        Path configuration = configure("docker", DOCKER_LINE + "plain\n" + DOCKER_LINE.replace("a\\n", "a"));

        CommandRun run = CommandRun.of("run", "-c", configuration, "--once");

        assertThat(run.errors())
                .contains(
                        "each a record as it stands: 1",
                        "records of container logs that are not all of their message: 1")
                .doesNotContain("is not in the format");
    }

    @Test
    void theFormatThatItLooksLikeIsNamedIfThereIsOne() throws IOException {
        CommandRun other = CommandRun.of("run", "-c", configure("docker", CRI_LINE), "--once");
        assertThat(other.errors()).contains("is not in the format docker, it looks like cri");
        CommandRun none = CommandRun.of("run", "-c", configure("docker", "plain\n"), "--once");
        assertThat(none.errors()).contains("is not in the format docker: each");
        CommandRun right = CommandRun.of("run", "-c", configure("cri", CRI_LINE), "--once");
        assertThat(right.errors()).doesNotContain("format");
    }
}
