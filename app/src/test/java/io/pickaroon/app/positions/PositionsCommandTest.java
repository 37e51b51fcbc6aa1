package io.pickaroon.app.positions;

import static io.pickaroon.app.SharedLog.assertDone;
import static io.pickaroon.app.SharedLog.assertRefused;
import static io.pickaroon.app.SharedLog.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.SharedLog;
import io.pickaroon.app.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The names that a real broker keeps, listed and forgotten, and orders about them. */
@Timeout(240)
class PositionsCommandTest {
    @TempDir
    private static Path brokerDirectory;

    private static LocalBroker broker;

    @TempDir
    private Path directory;

    private SharedLog files;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = LocalBroker.start(CommandRun.installation(), 0, brokerDirectory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeLog(TestInfo test) throws IOException {
        files = SharedLog.in(directory, test.getTestMethod().orElseThrow().getName(), broker);
    }

    @Test
    void namesAreListedAndForgotten() throws Exception {
        Path configuration = files.configuration("errors", "ERROR", "");
        assertDone(once(configuration));
        String own = files.ownName(configuration);
        CommandRun list = CommandRun.of("positions", "list", "-c", configuration);
        assertThat(list.output())
                .contains(own + ": checkpoint ", directory.resolve("errors/checkpoint") + " on host", "started once")
                .contains(files.log() + " up to byte " + Files.size(files.log()));
        assertThat(CommandRun.of("positions", "list", "--json", "-c", configuration)
                        .output())
                .contains("\"name\":\"" + own + "\",\"claim\":{\"checkpoint\":", "\"starts\":1");

        assertRefused(CommandRun.of("positions", "forget", "-c", configuration, own, "--yes"), "a run under it ends");
        assertRefused(
                CommandRun.of("positions", "forget", "-c", configuration, "nobody", "--yes"), "no instance 'nobody'");
        assertRefused(CommandRun.of("positions", "forget", "-c", configuration, own, "--force"), "add --yes");
        Path other = files.configuration("warnings", "WARN", "");
        assertDone(once(other));
        String others = files.ownName(other);
        assertRefused(
                CommandRun.of("positions", "forget", "-c", configuration, others, "--yes"),
                "end with its next delivery");
        assertThat(CommandRun.of("positions", "forget", "-c", configuration, others, "--yes", "--force"))
                .extracting(CommandRun::exitCode)
                .isEqualTo(0);
        assertThat(CommandRun.of("positions", "list", "-c", configuration).output())
                .contains(own)
                .doesNotContain(others);
        files.write(100);
        assertDone(once(other));
        files.assertEachOnce("WARN");
    }

    @Test
    @Timeout(40)
    void positionsSayThatNoBrokerAnswers() throws Exception {
        Path configuration = files.configuration("errors", "ERROR", "");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceFirst("bootstrapServers: .*", "bootstrapServers: '127.0.0.1:1'"));
        for (CommandRun run : List.of(
                CommandRun.of("positions", "list", "-c", configuration),
                CommandRun.of("positions", "forget", "-c", configuration, "shop", "--yes"))) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors())
                    .contains("Kafka at 127.0.0.1:1: no broker answers")
                    .doesNotContain("not acknowledged");
        }
    }

    @Test
    void ordersThatMakeNoSenseAreTheUsersMistake() throws Exception {
        Path configuration = files.configuration("errors", "ERROR", "");
        assertThat(once(configuration, "--adopt", "x", "--start-anew").exitCode())
                .isEqualTo(2);
        Path other = files.configuration("warnings", "WARN", files.name());
        assertDone(once(other));
        CommandRun none = once(configuration, "--adopt", "nobody-at-all");
        assertRefused(none, "no instance of this name");
        assertThat(none.errors()).contains(files.name(), "positions list -c " + configuration);
        assertThat(directory.resolve("errors/checkpoint")).doesNotExist();
        assertDone(once(configuration));
        CommandRun.of("checkpoint", "new-instance", directory.resolve("errors/checkpoint"));
        assertRefused(once(configuration, "--adopt", "nobody-at-all"), "no instance of this name");
        assertThat(directory.resolve("errors/checkpoint")).exists();
    }
}
