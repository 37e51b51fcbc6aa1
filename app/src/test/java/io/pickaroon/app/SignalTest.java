package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program in a process of its own, ended by signals. */
@Timeout(120)
class SignalTest {
    @TempDir
    private Path directory;

    private SampleConfiguration sample;
    private ForkedProgram program;

    @BeforeEach
    void writeLog() throws IOException {
        sample = new SampleConfiguration(Files.createDirectory(directory.resolve("logs")));
        Files.writeString(sample.log(), "ERROR one\n");
    }

    @AfterEach
    void endProcess() {
        if (program != null) {
            program.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void endsWithACheckpointOfWhatWasDelivered(String signal, int exitCode) throws Exception {
        start("run", "-c", sample.write(SampleConfiguration.CONSOLE).toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> program.output().equals("ERROR one\n"));
        Files.writeString(sample.log(), "ERROR two\nERROR half", StandardOpenOption.APPEND);
        await().until(() -> program.output().endsWith("ERROR two\n"));

        assertThat(program.endBy(signal)).as(program.errors()).isEqualTo(exitCode);

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

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aPlanThatIsStoppedLeavesThePageFromBefore(String signal, int exitCode) throws Exception {
        Files.writeString(sample.log(), "ERROR again\n".repeat(500_000));
        Path page = Files.writeString(directory.resolve("plan.html"), "from before");
        Path configuration = sample.write(SampleConfiguration.CONSOLE);
        Files.writeString(
                configuration,
                Files.readString(configuration).replace("    include:", "    maxRate: 4KiB/s\n    include:"));
        start("plan", "-c", configuration.toString(), "--html", page.toString());
        await().atMost(Duration.ofSeconds(60)).until(this::hasOpenedTheLog);

        assertThat(program.endBy(signal)).as(program.errors()).isEqualTo(exitCode);

        assertThat(program.errors()).contains("stopped; nothing was sent, changed or written");
        assertThat(program.output()).isEmpty();
        assertThat(page).content().isEqualTo("from before");
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aVerificationThatIsStoppedProvesNothing(String signal, int exitCode) throws Exception {
        Path configuration = sample.write(SampleConfiguration.CONSOLE);
        assertThat(CommandRun.of("run", "-q", "--once", "-c", configuration).exitCode())
                .isZero();
        Files.writeString(sample.log(), "ERROR again\n".repeat(500_000));
        Files.writeString(
                configuration,
                Files.readString(configuration).replace("    include:", "    maxRate: 4KiB/s\n    include:"));
        start("verify", "-c", configuration.toString());
        await().atMost(Duration.ofSeconds(60)).until(this::hasOpenedTheLog);

        assertThat(program.endBy(signal)).as(program.errors()).isEqualTo(exitCode);

        assertThat(program.errors()).contains("stopped; nothing was sent, changed or written");
        assertThat(program.output()).isEmpty();
    }

    private boolean hasOpenedTheLog() throws IOException {
        try (Stream<Path> descriptors =
                Files.list(Path.of("/proc/" + program.process().pid() + "/fd"))) {
            return descriptors.map(SignalTest::target).anyMatch(sample.log()::equals);
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException closedMeanwhile) {
            return link;
        }
    }

    @Test
    void whatNobodyTakesIsGivenUpWhenItsTimeIsOver() throws Exception {
        Files.writeString(sample.log(), ("ERROR" + " and more".repeat(100) + "\n").repeat(1_000));
        Path fifo = directory.resolve("output");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        try (RandomAccessFile reader = new RandomAccessFile(fifo.toFile(), "rw")) {
            start(
                    "run",
                    "-c",
                    sample.write(SampleConfiguration.CONSOLE + "\nstopTimeout: 1s")
                            .toString());
            assertThat(reader.read()).isEqualTo('E');

            assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);

            assertThat(program.errors())
                    .contains("not everything could be delivered within 1 s (stopTimeout); the rest is delivered at the"
                            + " next");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void endsPromptlyWhenNoBrokerAnswers(String delivery) throws Exception {
        start(
                "run",
                "-c",
                sample.write("output: { kafka: { bootstrapServers: '127.0.0.1:1', delivery: %s } }".formatted(delivery))
                        .toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> program.errors().contains("no broker answers"));

        long signalled = System.nanoTime();
        assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
        assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(Duration.ofSeconds(3));

        assertThat(CommandRun.of("checkpoint", "fsck", sample.checkpoint()).exitCode())
                .isZero();
    }

    @Test
    void theDemoCleansUpWhenItIsInterrupted() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        start("-Djava.io.tmpdir=" + temporary, "demo", "--size", "64MiB");
        await().atMost(Duration.ofSeconds(60)).until(() -> program.errors().contains("dev-broker at"));

        assertThat(program.endBy("INT")).as(program.errors()).isEqualTo(130);

        assertThat(temporary.toFile().list((_, name) -> name.startsWith("pickaroon-demo-")))
                .isEmpty();
    }

    @Test
    void theDemoEndsWithItsBrokerAndSaysSo() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        start("-Djava.io.tmpdir=" + temporary, "demo", "--size", "512MiB");
        await().atMost(Duration.ofSeconds(60)).until(() -> program.errors().contains("new checkpoint"));

        ProcessHandle broker = program.process().children().findFirst().orElseThrow();
        broker.destroyForcibly();

        assertThat(program.end(60)).as(program.errors()).isOne();
        assertThat(program.errors())
                .contains("the dev-broker at 127.0.0.1:", "ended with exit code 137 while it was needed");
        assertThat(temporary.toFile().list((_, name) -> name.startsWith("pickaroon-demo-")))
                .isEmpty();
    }

    @Test
    void aRunWithADevBrokerEndsWithThat() throws Exception {
        start("run", "--dev", "-c", sample.write(SampleConfiguration.CONSOLE).toString());
        await().atMost(Duration.ofSeconds(60)).until(() -> program.errors().contains("new checkpoint"));

        program.process().children().findFirst().orElseThrow().destroyForcibly();

        assertThat(program.end(60)).as(program.errors()).isOne();
        assertThat(program.errors()).contains("ended with exit code 137 while it was needed");
    }

    @Test
    void theDevBrokerEndsWithItsParent() throws Exception {
        start("dev-broker", "--port", "0", "--data", directory.resolve("broker").toString());
        await().atMost(Duration.ofSeconds(60)).until(() -> program.output().startsWith("READY "));
        ProcessHandle broker = program.process().children().findFirst().orElseThrow();

        assertThat(program.endBy("TERM")).isEqualTo(143);

        await().until(() -> !broker.isAlive());
    }

    private void start(String... arguments) throws IOException {
        program = ForkedProgram.start(directory, arguments);
    }
}
