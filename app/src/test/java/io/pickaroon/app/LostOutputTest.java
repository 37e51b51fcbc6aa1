package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.InstalledProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The whole program, where its standard output takes nothing. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class LostOutputTest {
    private static final String COMMANDS =
            "for c in --version --help 'scan --help' completion 'check -c c.yaml' 'scan c.yaml -F rules'"
                    + " 'fix a.log -F WARN --replace LATE --state state'; do ";

    @TempDir
    private Path directory;

    private InstalledProgram program;

    @BeforeEach
    void install() throws IOException {
        program = InstalledProgram.in(directory);
        Files.writeString(directory.resolve("c.yaml"), """
            checkpoint: { path: state/cp }
            inputs: [ { id: in, include: [ "*.log" ] } ]
            rules: [ { id: warn, match: { literal: WARN }, emit: { topic: t } } ]
            output: { file: { path: out.ndjson } }
            """);
        Files.writeString(directory.resolve("a.log"), "WARN\n");
    }

    @Test
    void lostOutputIsSaidOnceAndIsNoSuccess() throws Exception {
        assertLost(program.bash("C", COMMANDS + "pickaroon $c >/dev/full; echo $?; done"), "No space left on device");
        assertLost(program.bash("C", COMMANDS + "pickaroon $c >&-; echo $?; done"), "Bad file descriptor");
    }

    @Test
    void lostOutputIsSaidWhereTheJvmDoesNotHaveTheCallersStandardError() throws Exception {
        assertThat(program.bash(
                        "C", "export PICKAROON_VECTORS=on PICKAROON_START_CACHE=off", "pickaroon --version >/dev/full"))
                .isEqualTo(new Ended(1, "", line("No space left on device")));
    }

    @Test
    void aReaderThatHadEnoughIsNoFailure() throws Exception {
        assertThat(program.bash("C", COMMANDS + "pickaroon $c | true; echo ${PIPESTATUS[0]}; done"))
                .isEqualTo(new Ended(0, "0\n".repeat(7), ""));
    }

    private static void assertLost(Ended ended, String why) {
        assertThat(ended)
                .isEqualTo(new Ended(0, "1\n1\n1\n1\n1\n2\n1\n", line(why).repeat(7)));
    }

    private static String line(String why) {
        return "pickaroon: standard output cannot be written: " + why + "\n";
    }
}
