package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in a process of its own, ended by signals. */
@Timeout(120)
class SignalTest {
    private static final int BOUND_SECONDS = 12;

    @TempDir
    private Path directory;

    private SampleConfiguration sample;
    private Path output;
    private Path errors;
    private Process process;

    @BeforeEach
    void writeLog() throws IOException {
        sample = new SampleConfiguration(Files.createDirectory(directory.resolve("logs")));
        Files.writeString(sample.log(), "ERROR one\n");
        output = directory.resolve("output");
        errors = directory.resolve("errors");
    }

    @AfterEach
    void endProcess() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void endsWithACheckpointOfWhatWasDelivered(String signal, int exitCode) throws Exception {
        start("run", "-c", sample.write(SampleConfiguration.CONSOLE).toString());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(output).equals("ERROR one\n"));
        Files.writeString(sample.log(), "ERROR two\nERROR half", StandardOpenOption.APPEND);
        await().until(() -> Files.readString(output).endsWith("ERROR two\n"));

        assertThat(endBy(signal)).as(Files.readString(errors)).isEqualTo(exitCode);

        assertThat(CommandRun.of("checkpoint", "show", sample.checkpoint())
                        .output()
                        .lines()
                        .skip(2)
                        .findFirst())
                .hasValueSatisfying(row -> assertThat(row.replaceAll(" +", " ")).endsWith(" 20 30 10 same"));
        assertThat(CommandRun.of("run", "-q", "--once", "-c", directory.resolve("logs/pickaroon.yaml"))
                        .output())
                .isEqualTo("ERROR half\n");
    }

    @Test
    void endsInTimeWhenNoBrokerAnswers() throws Exception {
        start(
                "run",
                "-c",
                sample.write("output: { kafka: { bootstrapServers: '127.0.0.1:1', delivery: at-least-once } }")
                        .toString());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(errors).contains("no broker answers"));

        assertThat(endBy("TERM")).as(Files.readString(errors)).isEqualTo(143);

        assertThat(CommandRun.of("checkpoint", "fsck", sample.checkpoint()).exitCode())
                .isZero();
    }

    @Test
    void theDemoCleansUpWhenItIsInterrupted() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        start("-Djava.io.tmpdir=" + temporary, "demo", "--size", "64MiB");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(errors).contains("dev-broker at"));

        assertThat(endBy("INT")).as(Files.readString(errors)).isEqualTo(130);

        assertThat(temporary.toFile().list((_, name) -> name.startsWith("pickaroon-demo-")))
                .isEmpty();
    }

    @Test
    void theDevBrokerEndsWithItsParent() throws Exception {
        start("dev-broker", "--data", directory.resolve("broker").toString());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(output).startsWith("READY "));
        ProcessHandle broker = process.children().findFirst().orElseThrow();

        assertThat(endBy("TERM")).isEqualTo(143);

        await().until(() -> !broker.isAlive());
    }

    /** JVM options first, then the program's arguments. */
    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                CommandRun.installation().javaExecutable().toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpickaroon.home=" + CommandRun.installation().home().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path")));
        List<String> rest = new ArrayList<>(List.of(arguments));
        while (rest.getFirst().startsWith("-D")) {
            command.add(rest.removeFirst());
        }
        Collections.addAll(command, Main.class.getName());
        command.addAll(rest);
        process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    private int endBy(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
