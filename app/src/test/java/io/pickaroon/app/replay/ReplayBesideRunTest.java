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
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay leaves to the run what is the run's, says where it has stopped, and refuses what nobody has sent. */
@Timeout(180)
class ReplayBesideRunTest {
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

    @Test
    void whatIsNotDeliveredIsLeftToTheRun() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "later");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS);
        Path log = Files.writeString(directory.resolve("app.log"), LINE.repeat(3));
        DeliveredLogs.run(configuration);
        Files.writeString(log, LINE, StandardOpenOption.APPEND);

        CommandRun replay = ReplayedLogs.replay(configuration, "--file", log, "--to-offset", 1000);

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(replay.errors())
                .contains("sends up to where it is delivered, by the checkpoint; what lies behind that is left to the"
                        + " run: "
                        + log + " (offset 57)");
        assertThat(ReplayedLogs.sent(logs)).hasSize(3);
        assertThat(ReplayedLogs.replay(configuration, "--file", log, "--from-offset", 57)
                        .errors())
                .contains("nothing of the part that is asked for is delivered: it is up to offset 57: " + log);
    }

    @Test
    void aFileThatWasWrittenAnewIsLeftOut() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "anew");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS);
        Path log = Files.writeString(directory.resolve("app.log"), LINE.repeat(3));
        DeliveredLogs.run(configuration);
        Files.writeString(directory.resolve("new.log"), LINE);
        Files.writeString(log, "ERROR else\n".repeat(9));

        CommandRun replay = ReplayedLogs.replay(configuration, "--file", "*.log");

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(replay.errors())
                .contains("left out, it was truncated or written anew since")
                .contains("left out, nothing of it is delivered yet: " + directory.resolve("new.log"))
                .contains("there is nothing to send again");
        assertThat(logs.delivered()).hasSize(3);
    }

    @Test
    void whatCannotBeMeantIsRefused() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "refused");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS);
        Files.writeString(directory.resolve("app.log"), LINE);
        Path stranger = Files.writeString(directory.resolve("stranger.txt"), LINE);
        assertThat(ReplayedLogs.replay(configuration, "--file", "app.log").errors())
                .contains("there is no checkpoint yet");
        DeliveredLogs.run(configuration);

        for (String[] mistake : new String[][] {
            {"--file none*: no file of an input of ", "--file", "none*"},
            {"is a file of no input of ", "--file", stranger.toString()},
            {"--rule eror: no rule of this id sends anything; those that do: errors", "--file", "*", "--rule", "eror"},
            {"--to 'a b': write a topic's name", "--file", "*", "--to", "a b"},
            {"--to dead-refused: is the topic of dead letters", "--file", "*", "--to", "dead-refused"},
            {"--from-offset 3 is not before --to-offset 3", "--file", "*", "--from-offset", "3", "--to-offset", "3"},
            {"Missing required option: '--file", "--dry-run"}
        }) {
            CommandRun replay =
                    ReplayedLogs.replay(configuration, (Object[]) Arrays.copyOfRange(mistake, 1, mistake.length));
            assertThat(replay.exitCode()).as(mistake[0]).isEqualTo(2);
            assertThat(replay.errors()).contains(mistake[0]);
        }
        assertThat(logs.delivered()).hasSize(1);
    }

    private static void awaitDelivered(Path configuration, Path log) throws IOException {
        String place = "delivered up to offset " + Files.size(log) + ",";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> DeliveredLogs.verify(configuration).output().contains(place));
    }
}
