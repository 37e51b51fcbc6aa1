package io.pickaroon.app;

import static io.pickaroon.app.SharedLog.adoptOf;
import static io.pickaroon.app.SharedLog.assertDone;
import static io.pickaroon.app.SharedLog.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several configurations and checkpoints over the same files, and what becomes of each at a real broker. */
@Timeout(240)
class InstancesTest {
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
    void threeConfigurationsOneAfterTheOtherSendEverythingOfTheirOwn() throws Exception {
        Path errors = files.configuration("errors", "ERROR", "");
        Path warnings = files.configuration("warnings", "WARN", "");
        Path all = files.configuration("all", "line", "");
        for (int round = 0; round < 2; round++) {
            for (Path configuration : List.of(errors, warnings, all)) {
                assertDone(once(configuration));
            }
            files.assertEachOnce("ERROR", "WARN", "line");
            files.write(500);
        }
    }

    @Test
    void threeDaemonsAtOnceLeaveEachOtherAlone() throws Exception {
        try (ForkedProgram errors = files.daemon(files.configuration("errors", "ERROR", ""));
                ForkedProgram warnings = files.daemon(files.configuration("warnings", "WARN", ""));
                ForkedProgram all = files.daemon(files.configuration("all", "line", ""))) {
            files.awaitEachOnce("ERROR", "WARN", "line");
            files.write(500);
            files.awaitEachOnce("ERROR", "WARN", "line");
            for (ForkedProgram program : List.of(errors, warnings, all)) {
                assertThat(program.endBy("TERM")).as(program.errors()).isEqualTo(143);
                assertThat(program.errors()).doesNotContain("taken over");
            }
        }
    }

    @Test
    void aLostCheckpointGoesOnFromKafkaForTheSameRule() throws Exception {
        Path configuration = files.configuration("errors", "ERROR", "");
        assertDone(once(configuration));
        files.lose("errors");
        files.write(500);
        CommandRun run = once(configuration);
        assertDone(run);
        assertThat(run.errors()).contains("WARN this checkpoint is new", "app.log from byte", "--start-anew");
        files.assertEachOnce("ERROR");
        assertThat(once(configuration).errors()).doesNotContain("this checkpoint is new");
    }

    @Test
    void aLostCheckpointWithOtherRulesAsksAndBothWaysLeadOut() throws Exception {
        assertDone(once(files.configuration("both", "ERROR", "")));
        for (String wayOut : List.of("--adopt", "--start-anew")) {
            files.lose("both");
            String literal = wayOut.equals("--adopt") ? "WARN" : "line";
            Path configuration = files.configuration("both", literal, "");
            for (int restart = 0; restart < 2; restart++) {
                CommandRun asked = once(configuration);
                assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
                assertThat(asked.errors())
                        .contains(
                                "pickaroon run -c " + configuration + " --adopt ",
                                "--start-anew",
                                "app.log up to byte");
            }
            assertThat(files.values(literal)).isEmpty();
            if (wayOut.equals("--adopt")) {
                String adopted = adoptOf(once(configuration).errors());
                files.write(100);
                assertDone(once(configuration, "--adopt", adopted));
                assertThat(files.values("WARN")).isEqualTo(files.lines("WARN").subList(500, 550));
            } else {
                assertDone(once(configuration, "--start-anew"));
                assertDone(once(configuration, "--start-anew"));
                files.assertEachOnce("line");
            }
        }
    }

    @Test
    void adoptedBesideALiveWriterTheOldOneEndsAndItsRestartAsks() throws Exception {
        Path old = files.configuration("old", "ERROR", "");
        Path heir = files.configuration("heir", "ERROR", "");
        try (ForkedProgram program = files.daemon(old)) {
            files.awaitEachOnce("ERROR");
            String of = files.ownName(old);
            files.write(500);
            assertDone(once(heir, "--adopt", of));
            files.write(10);
            assertThat(program.end(60)).as(program.errors()).isEqualTo(1);
            assertThat(program.errors()).contains("has taken over instance '" + of + "'");
            CommandRun asked = once(old);
            assertThat(asked.exitCode()).as(asked.errors()).isEqualTo(4);
            assertThat(asked.errors()).contains("was taken over by another checkpoint");
            assertDone(once(heir, "--adopt", of));
            files.assertEachOnce("ERROR");

            assertDone(once(old, "--adopt", of));
            assertThat(once(heir, "--adopt", of).errors()).contains("start once without --adopt");
            assertThat(once(heir, "--adopt", of).exitCode()).isEqualTo(4);
            assertThat(once(heir).exitCode()).isEqualTo(4);
            files.write(10);
            assertDone(once(heir, "--adopt", of));
            files.assertEachOnce("ERROR");
        }
    }
}
