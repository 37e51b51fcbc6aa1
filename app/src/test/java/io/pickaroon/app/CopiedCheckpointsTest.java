package io.pickaroon.app;

import static io.pickaroon.app.SharedLog.adoptOf;
import static io.pickaroon.app.SharedLog.assertDone;
import static io.pickaroon.app.SharedLog.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.broker.LocalBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that are copied, cloned, restored, moved or given a name, and what becomes of each at a real broker. */
@Timeout(240)
class CopiedCheckpointsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

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
    void ofACheckpointAndItsCopyTheOneThatIsBehindAsks() throws Exception {
        Path original = files.configuration("original", "ERROR", "");
        assertDone(once(original));
        Files.createDirectories(directory.resolve("copy"));
        Files.copy(directory.resolve("original/checkpoint"), directory.resolve("copy/checkpoint"));
        Path copy = files.configuration("copy", "ERROR", "");
        String own = files.ownName(original);
        files.write(500);
        assertDone(once(copy));
        CommandRun asked = once(original);
        assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
        assertThat(asked.errors())
                .contains(
                        "started elsewhere with a copy",
                        directory.resolve("copy/checkpoint").toString());
        CommandRun taken = once(original, "--adopt", own);
        assertDone(taken);
        assertThat(taken.errors()).contains("WARN goes on as instance '" + own + "'");
        assertThat(once(copy).exitCode()).isEqualTo(4);
        files.assertEachOnce("ERROR");
    }

    /** A machine and its clone: the same host files.name(), paths, inodes and birth times; what they write differs from then on. */
    @Test
    void aCloneMadeANewInstanceIsOnItsOwnAndLeavesTheOriginalAlone() throws Exception {
        Path configuration = files.configuration("vm", "ERROR", "");
        assertDone(once(configuration));
        long cloned = Files.size(files.log());
        files.copyState("vm", "clone");
        files.write(800);
        assertDone(once(configuration));
        byte[] original = Files.readAllBytes(files.log());
        String originals = files.ownName(configuration);

        Files.move(directory.resolve("vm"), directory.resolve("original"));
        Files.move(directory.resolve("clone"), directory.resolve("vm"));
        files.rewrite(cloned, "ERROR of the clone\n".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        assertThat(once(configuration).exitCode()).isEqualTo(4);
        assertDone(CommandRun.of("checkpoint", "new-instance", directory.resolve("vm/checkpoint")));
        Path named = files.configuration("vm", "ERROR", originals);
        for (int restart = 0; restart < 2; restart++) {
            CommandRun asked = once(named);
            assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
            assertThat(asked.errors()).contains("'" + originals + "' is in use");
        }
        files.configuration("vm", "ERROR", "");
        CommandRun clone = once(configuration);
        assertDone(clone);
        assertThat(clone.errors()).contains("own places").doesNotContain("WARN");
        assertThat(files.values("ERROR").stream().filter("ERROR of the clone"::equals))
                .hasSize(1_000);
        assertThat(CommandRun.of("positions", "list", "-c", configuration).output())
                .contains(originals + ": checkpoint ");

        Files.move(directory.resolve("vm"), directory.resolve("clone"));
        Files.move(directory.resolve("original"), directory.resolve("vm"));
        files.rewrite(0, original);
        files.write(100);
        assertDone(once(configuration));
        assertThat(files.values("ERROR").stream().filter(line -> !line.contains("clone")))
                .isEqualTo(files.lines("ERROR"));
    }

    @Test
    void aRestoredCheckpointMadeANewInstanceGoesOnFromItsOwnPlaces() throws Exception {
        Path configuration = files.configuration("errors", "ERROR", "");
        assertDone(once(configuration));
        files.copyState("errors", "backup");
        files.write(60);
        assertDone(once(configuration));
        files.lose("errors");
        Files.delete(directory.resolve("errors"));
        Files.move(directory.resolve("backup"), directory.resolve("errors"));
        files.write(40);
        CommandRun asked = once(configuration);
        assertThat(asked.exitCode()).isEqualTo(4);
        assertThat(asked.errors()).contains("checkpoint new-instance", "sent again");
        assertDone(CommandRun.of("checkpoint", "new-instance", directory.resolve("errors/checkpoint")));
        assertDone(once(configuration));
        List<String> all = files.lines("ERROR");
        List<String> expected = new ArrayList<>(all.subList(0, 530));
        expected.addAll(all.subList(500, 550));
        assertThat(files.values("ERROR")).isEqualTo(expected);
    }

    @Test
    void instanceAddedChangedAndRemovedAfterAKillDoublesNothing() throws Exception {
        List<String> instances = List.of("", files.name() + "-1", files.name() + "-2", "");
        for (String instance : instances) {
            // So that each of them has something left to deliver, by which it is seen to have begun.
            files.write(50_000);
            Path configuration = files.configuration("errors", "ERROR", instance);
            int before = files.values("ERROR").size();
            try (ForkedProgram program = files.daemon(configuration)) {
                await().atMost(SOON).until(() -> files.values("ERROR").size() > before);
                program.kill();
            }
        }
        assertDone(once(files.configuration("errors", "ERROR", "")));
        files.assertEachOnce("ERROR");
        assertThat(files.ownName(files.configuration("errors", "ERROR", ""))).isEqualTo(files.name() + "-2");
    }

    @Test
    void movedWithItsCheckpointItGoesOnAndWithoutItAsks() throws Exception {
        assertDone(once(files.configuration("here", "ERROR", "")));
        Files.move(directory.resolve("here"), directory.resolve("there"));
        files.write(500);
        assertDone(once(files.configuration("there", "ERROR", "")));
        files.assertEachOnce("ERROR");

        files.lose("there");
        CommandRun asked = once(files.configuration("elsewhere", "ERROR", ""));
        assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
        assertThat(asked.errors()).contains("no longer where it was", "--adopt", "--start-anew");
        assertDone(once(files.configuration("elsewhere", "ERROR", ""), "--adopt", adoptOf(asked.errors())));
        files.assertEachOnce("ERROR");
    }

    @Test
    void aGivenInstanceThatIsInUseIsAskedAbout() throws Exception {
        assertDone(once(files.configuration("one", "ERROR", files.name())));
        CommandRun asked = once(files.configuration("two", "WARN", files.name()));
        assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
        assertThat(asked.errors())
                .contains("'" + files.name() + "' is in use", "--adopt " + files.name(), "--start-anew");
        assertDone(once(files.configuration("two", "WARN", files.name()), "--start-anew"));
        files.assertEachOnce("WARN");
    }

    @Test
    void aRunWithoutCheckpointSendsEverythingEachTimeAndLeavesNothing() throws Exception {
        Path configuration = files.configuration("none", "ERROR", "");
        Files.writeString(configuration, Files.readString(configuration).replaceAll("checkpoint: .*\n", ""));
        for (int run = 1; run < 3; run++) {
            CommandRun ended = once(configuration);
            assertDone(ended);
            assertThat(ended.errors()).contains("no checkpoint: it sends everything");
            assertThat(files.values("ERROR")).hasSize(run * files.lines("ERROR").size());
        }
        assertThat(CommandRun.of("positions", "list", "-c", configuration).output())
                .doesNotContain("ends with its run");
        assertThat(once(configuration, "--adopt", "x").exitCode()).isEqualTo(2);
    }
}
