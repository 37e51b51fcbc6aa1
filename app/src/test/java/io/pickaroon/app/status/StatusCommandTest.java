package io.pickaroon.app.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.SampleConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StatusCommandTest {
    @TempDir
    private Path directory;

    @Test
    void printsHowARunningOneIsDoing() throws Exception {
        SampleConfiguration sample = new SampleConfiguration(Files.createDirectory(directory.resolve("logs")));
        Files.writeString(sample.log(), "ERROR one\nINFO two\n");
        int port = freePort();
        Path file = sample.write(SampleConfiguration.CONSOLE + "\nhttp: { port: %d }".formatted(port));
        try (ForkedProgram daemon = ForkedProgram.start(directory, "run", "-c", file.toString())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> daemon.output().equals("ERROR one\n"));

            CommandRun status = CommandRun.of("status", "-c", file);

            assertThat(status.exitCode()).as(status.errors()).isZero();
            assertThat(status.output().lines().map(line -> line.replaceAll(" +", " ")))
                    .contains("app 1 19 2 1 0 0 0 0 0.0 s", "app errors 1 1 0 0 0")
                    .anyMatch(line -> line.endsWith(": ready"));
            assertThat(CommandRun.of("status", "--json", "--url", "http://127.0.0.1:" + port)
                            .output())
                    .contains("\"records\":2", "\"ready\":true");
            assertThat(daemon.endBy("TERM")).isEqualTo(143);
        }
        CommandRun gone = CommandRun.of("status", "-c", file);
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.errors()).contains("http://127.0.0.1:" + port + ": nothing answers there");
    }

    @Test
    void aConfigurationWithoutHttpCannotBeAsked() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);

        CommandRun run = CommandRun.of("status", "-c", sample.write(SampleConfiguration.CONSOLE));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("has no 'http: { port: .. }'");
    }

    @Test
    void aPortThatIsTakenEndsTheRunBeforeAnythingIsRead() throws IOException {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "ERROR one\n");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = sample.write(SampleConfiguration.CONSOLE
                    + "\nhttp: { host: 127.0.0.1, port: %d }".formatted(taken.getLocalPort()));

            CommandRun run = CommandRun.of("run", "--once", "-c", file);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).contains("cannot listen there").contains("Address already in use");
            assertThat(run.output()).isEmpty();
            assertThat(sample.checkpoint()).doesNotExist();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
