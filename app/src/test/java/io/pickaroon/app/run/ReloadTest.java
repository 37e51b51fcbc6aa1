package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.connectors.broker.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class ReloadTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String ERRORS_ONLY = "";
    private static final String WITH_WARNINGS = """
        - id: warnings
          match: { literal: WARN }
          emit: { topic: warnings }
        """.indent(2);

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private ForkedProgram program;
    private Path log;
    private Path configuration;
    private int written;

    @BeforeEach
    void start() throws IOException {
        broker = LocalBroker.start(CommandRun.installation(), 0, directory.resolve("broker"));
        broker.createTopics(List.of("errors", "warnings"), 1 << 20);
        log = Files.createFile(Files.createDirectory(directory.resolve("logs")).resolve("app.log"));
    }

    @AfterEach
    void stop() {
        if (program != null) {
            program.close();
        }
        broker.close();
    }

    @Test
    void changedRulesApplyFromAWindowOnAndNothingIsLostOrDoubled() throws Exception {
        configure(ERRORS_ONLY);
        run();
        writeUntil(() -> written > 2_000);
        await().atMost(SOON).until(() -> records("errors").size() > 100);
        int before = written;

        configure(WITH_WARNINGS);
        hangUp();
        writeUntil(() -> program.errors().contains("going on with the changed configuration"));
        writeUntil(() -> written > before + 4_000);

        await().atMost(SOON).untilAsserted(() -> assertThat(records("errors")).hasSize(written));
        assertThat(records("errors")).isEqualTo(lines("ERROR", 0));
        List<String> warnings = records("warnings");
        int first = written - warnings.size();
        assertThat(first).isBetween(1, written - 1_000);
        assertThat(warnings).isEqualTo(lines("WARN", first));
        assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
    }

    @Test
    void aWrongConfigurationIsSaidWithItsPlaceAndTheRunGoesOn() throws Exception {
        configure(ERRORS_ONLY);
        run();
        write(10);
        await().atMost(SOON).until(() -> records("errors").size() == 10);

        configure("  - id: wrong\n    match: { literl: WARN }\n    emit: { topic: warnings }\n");
        hangUp();
        await().atMost(SOON)
                .until(() -> program.errors().contains("the changed configuration is not used")
                        && program.errors().contains("pickaroon.yaml:9:14: error:"));
        write(10);

        await().atMost(SOON).untilAsserted(() -> assertThat(records("errors")).isEqualTo(lines("ERROR", 0)));
        assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
    }

    @Test
    void aConfigurationThatTheBrokerRefusesGivesWayToTheOneBefore() throws Exception {
        configure(ERRORS_ONLY);
        run();
        write(10);
        await().atMost(SOON).until(() -> records("errors").size() == 10);

        configure(WITH_WARNINGS.replace("topic: warnings", "topic: there-is-none"));
        hangUp();
        await().atMost(SOON).until(() -> program.errors().contains("the one before is used again"));
        write(10);

        await().atMost(SOON).untilAsserted(() -> assertThat(records("errors")).isEqualTo(lines("ERROR", 0)));
        assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
    }

    @Test
    void aChangeThatNeedsARestartIsNotApplied() throws Exception {
        configure(ERRORS_ONLY);
        run("--watch-config");
        write(1);
        await().atMost(SOON).until(() -> records("errors").size() == 1);

        Files.writeString(configuration, "instance: another\n", StandardOpenOption.APPEND);

        await().atMost(SOON).until(() -> program.errors().contains("'instance' has changed, which needs a restart"));
        assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
    }

    /** The dev-broker takes seconds to start, after the port is there. */
    @Test
    void aSignalThatComesWhileTheRunIsStillStartingIsKept() throws Exception {
        configure(ERRORS_ONLY);
        Files.writeString(configuration, "http: { port: 0 }\n", StandardOpenOption.APPEND);
        program = ForkedProgram.start(directory, "run", "-c", configuration.toString(), "--dev");
        await().atMost(SOON).until(() -> program.errors().contains("metrics and status at"));
        assertThat(program.errors()).doesNotContain("dev-broker at");

        hangUp();

        await().atMost(SOON).until(() -> program.errors().contains("going on with the changed configuration"));
        assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
    }

    private void configure(String moreRules) throws IOException {
        configuration = directory.resolve("pickaroon.yaml");
        Path next = directory.resolve("next.yaml");
        Files.writeString(next, """
            checkpoint: { path: "%s/checkpoint" }
            inputs:
              - { id: app, include: [ "%s/logs/*.log" ] }
            rules:
              - id: errors
                match: { literal: ERROR }
                emit: { topic: errors }
            %soutput: { kafka: { bootstrapServers: "%s" } }
            """.formatted(directory, directory, moreRules, broker.bootstrapServers()));
        Files.move(next, configuration, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "-c", configuration.toString()));
        arguments.addAll(List.of(options));
        program = ForkedProgram.start(directory, arguments.toArray(String[]::new));
        await().atMost(SOON).until(() -> program.errors().contains("new checkpoint"));
    }

    private void hangUp() throws Exception {
        new ProcessBuilder("kill", "-HUP", Long.toString(program.process().pid()))
                .start()
                .waitFor();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void writeUntil(Condition until) throws IOException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!until.holds()) {
            assertThat(deadline - System.nanoTime()).as(program.errors()).isPositive();
            write(100);
        }
    }

    private void write(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line("ERROR", written))
                    .append('\n')
                    .append(line("WARN", written))
                    .append('\n');
            written++;
        }
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private List<String> lines(String level, int from) {
        return IntStream.range(from, written).mapToObj(i -> line(level, i)).toList();
    }

    private static String line(String level, int number) {
        return level + " number " + number;
    }

    private List<String> records(String topic) throws IOException {
        List<String> received = new ArrayList<>();
        new TopicReader(broker.bootstrapServers(), Map.of()).readAll(List.of(topic), Duration.ofSeconds(30), record -> {
            assertThat(record.headers()).containsKeys("host", "file", "id");
            received.add(new String(record.value(), StandardCharsets.UTF_8));
        });
        return received;
    }
}
