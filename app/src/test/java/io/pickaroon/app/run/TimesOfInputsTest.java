package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that say how their records tell their time: where a run starts, and of what a plan speaks. */
class TimesOfInputsTest {
    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
    private static final int LINES = 20_000;

    @TempDir
    private Path directory;

    private Path log;
    private Path sent;
    private Path configuration;

    @BeforeEach
    void write() throws IOException {
        log = directory.resolve("app.log");
        sent = directory.resolve("sent.ndjson");
        configuration = directory.resolve("times.yaml");
        StringBuilder text = new StringBuilder("before the first time\n");
        for (int second = 0; second < LINES; second++) {
            text.append(START.plusSeconds(second))
                    .append(" ERROR ")
                    .append(second)
                    .append("\n  at ERROR\n");
        }
        Files.writeString(log, text);
    }

    private void configure(String start, String time) throws IOException {
        Files.writeString(configuration, """
            checkpoint: { path: "%s" }
            inputs:
              - id: app
                include: [ "%s" ]
                windowBytes: 16KiB
                %s
                %s
            rules:
              - { id: errors, match: { literal: ERROR }, emit: { topic: t-errors } }
            output: { file: { path: "%s" } }
            """.formatted(directory.resolve("checkpoint"), log, start, time, sent));
    }

    private List<String> run() throws IOException {
        CommandRun run = CommandRun.of("run", "--once", "-c", configuration);
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return Files.readAllLines(sent);
    }

    @Test
    void aRunStartsAtTheFirstRecordOfATimeAndTheNextOneGoesOn() throws IOException {
        configure("start: { at: '2026-11-29T05:00:00Z' }", "time: { format: iso8601 }");

        List<String> first = run();
        Files.writeString(log, START + " ERROR later\n", StandardOpenOption.APPEND);
        Files.writeString(configuration, Files.readString(configuration).replace("T05:", "T06:"));
        List<String> second = run();

        assertThat(first).hasSize(2 * (LINES - 18_000));
        assertThat(first.getFirst()).contains("ERROR 18000");
        assertThat(second).hasSize(first.size() + 1);
        assertThat(second.getLast()).contains("ERROR later");
    }

    @Test
    void fromTheFirstTimeOnAllOfAFileIsRead() throws IOException {
        configure("start: { at: '2026-11-29T00:00:00Z' }", "time: { regex: '^(\\S+)', zone: UTC }");

        assertThat(run()).hasSize(2 * LINES);
    }

    @Test
    void aFileWithoutSuchTimesIsReadFromItsStart() throws IOException {
        configure("start: { at: 1h ago }", "time: { format: glog }");

        assertThat(run()).hasSize(2 * LINES);
    }

    @Test
    void aPlanSpeaksOfTheRecordsOfARange() throws IOException {
        configure("start: beginning", "time: { format: iso8601 }");

        CommandRun plan = CommandRun.of(
                "plan", "-c", configuration, "--since", "2026-11-29T05:00:00Z", "--until", "2026-11-29T05:00:10Z");
        CommandRun exact = CommandRun.of(
                "plan",
                "-c",
                configuration,
                "--exact",
                "--since",
                "2026-11-29T05:00:00Z",
                "--until",
                "2026-11-29T05:00:10Z");

        assertThat(plan.exitCode()).as(plan.errors()).isZero();
        assertThat(plan.output()).containsPattern("rule errors: +20 ");
        assertThat(plan.errors()).contains("is trusted to be in order of time");
        assertThat(exact.output()).containsPattern("rule errors: +20 ");
        assertThat(exact.errors()).isEmpty();
        assertThat(sent).doesNotExist();
    }

    @Test
    void aPlanOfARangeNeedsToKnowHowRecordsTellTheirTime() throws IOException {
        configure("start: beginning", "host: here");

        CommandRun plan = CommandRun.of("plan", "-c", configuration, "--since", "10m ago");

        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.errors())
                .contains("--since and --until need to know how records tell their time: add 'time' to input app");
    }
}
