package io.pickaroon.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.TestBroker;
import io.pickaroon.app.verify.DeliveredLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon goes on beside a replay, and a replay that is stopped says where to go on. */
@Timeout(180)
class ReplayWhileRunningTest {
    private static final String LINE = "ERROR number seven\n";
    private static final String RULE = "{ id: errors, match: { literal: ERROR }, emit: { topic: %s, headers: all } }";

    private static TestBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aDaemonGoesOn() throws Exception {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "daemon");
        Path configuration = logs.configuration(logs.topic(), "", RULE);
        Path log = Files.writeString(directory.resolve("app.log"), LINE.repeat(3));
        try (ForkedProgram daemon = ForkedProgram.start(directory, "run", "-c", configuration.toString())) {
            awaitDelivered(configuration, log);

            CommandRun replay = ReplayedLogs.replay(configuration, "--file", log);

            assertThat(replay.exitCode()).as(replay.errors()).isZero();
            assertThat(ReplayedLogs.sent(logs)).hasSize(3);
            Files.writeString(log, LINE.repeat(2), StandardOpenOption.APPEND);
            awaitDelivered(configuration, log);
            assertThat(daemon.endBy("TERM")).as(daemon.errors()).isEqualTo(143);
            assertThat(daemon.errors()).doesNotContainIgnoringCase("fenced").doesNotContain("trying again");
        }
        assertThat(logs.delivered()).hasSize(8);
        CommandRun verified = DeliveredLogs.verify(configuration);
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.output()).contains("delivery: 5 matches in their topics exactly once\n");
    }

    @Test
    void aReplayThatIsStoppedSaysWhereToGoOn() throws Exception {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "stopped");
        Path configuration = logs.configuration(logs.topic(), "", RULE);
        Path log = Files.writeString(directory.resolve("app.log"), LINE.repeat(8_000));
        DeliveredLogs.run(configuration);
        String fast = Files.readString(configuration);
        Files.writeString(configuration, fast.replace("*.log*\" ]", "*.log*\" ], maxRate: 16KiB/s"));
        long reached;
        try (ForkedProgram replay =
                ForkedProgram.start(directory, "replay", "-c", configuration.toString(), "--file", log.toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !ReplayedLogs.sent(logs).isEmpty());
            assertThat(replay.endBy("TERM")).as(replay.errors()).isEqualTo(143);
            Matcher rest =
                    Pattern.compile("--file " + log + " --from-offset (\\d+)\n").matcher(replay.errors());
            assertThat(rest.find()).as(replay.errors()).isTrue();
            reached = Long.parseLong(rest.group(1));
        }
        int half = ReplayedLogs.sent(logs).size();
        assertThat(half).isLessThan(8_000);
        Files.writeString(configuration, fast);

        CommandRun rest = ReplayedLogs.replay(configuration, "--file", log, "--from-offset", reached);

        assertThat(rest.exitCode()).as(rest.errors()).isZero();
        List<Long> all = ReplayedLogs.offsets(ReplayedLogs.sent(logs));
        assertThat(all)
                .isEqualTo(LongStream.range(0, 8_000)
                        .mapToObj(number -> number * LINE.length())
                        .toList());
    }

    private static void awaitDelivered(Path configuration, Path log) throws IOException {
        String place = "delivered up to offset " + Files.size(log) + ",";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> DeliveredLogs.verify(configuration).output().contains(place));
    }
}
