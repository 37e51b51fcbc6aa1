package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scan says about what it cannot read, and about what was asked for. */
class ScanMessagesTest {
    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void writeLog() throws IOException {
        log = Files.writeString(directory.resolve("app.log"), "INFO one\nERROR two\n");
    }

    private String complaintAbout(Path file) {
        CommandRun run = CommandRun.of("scan", "-c", "-F", "ERROR", file, log);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEqualTo(log + ":1\n");
        return run.errors().replace(file.toString(), "FILE");
    }

    @Test
    void itIsSaidWhyAFileCannotBeReached() throws IOException {
        Path loop = directory.resolve("loop");
        Path dangling = directory.resolve("dangling");
        Files.createSymbolicLink(loop, loop);
        Files.createSymbolicLink(dangling, directory.resolve("nowhere"));

        assertThat(complaintAbout(directory.resolve("nowhere"))).isEqualTo("pickaroon: FILE: no such file\n");
        assertThat(complaintAbout(dangling)).isEqualTo("pickaroon: FILE: no such file; this is a link to nothing\n");
        assertThat(complaintAbout(loop))
                .isEqualTo("pickaroon: FILE: cannot be read: Too many levels of symbolic links or unable to access"
                        + " attributes of symbolic link\n");
        assertThat(complaintAbout(directory.resolve("n".repeat(300))))
                .isEqualTo("pickaroon: FILE: cannot be read: File name too long\n");
        assertThat(CommandRun.of("scan", "-f", directory.resolve("n".repeat(300)), log)
                        .errors())
                .contains("n: cannot be read: File name too long");
    }

    @Test
    void noMessageStandsWithinARecord() throws IOException {
        // One of these does not fill the buffer to the end of a record.
        for (int length : new int[] {1000, 1011, 1033}) {
            String record = "ERROR " + "x".repeat(length);
            Path many = Files.writeString(directory.resolve("many.log"), (record + "\n").repeat(600));
            String seen = CommandRun.together(
                    "scan", "-n", "--threads", 2, "-F", "ERROR", log, many, directory.resolve("nowhere"), log);

            assertThat(seen.lines())
                    .hasSize(603)
                    .allMatch(line -> line.endsWith(":" + record)
                            || line.endsWith(":2:ERROR two")
                            || line.equals("pickaroon: " + directory.resolve("nowhere") + ": no such file"));
        }
    }

    @Test
    void aLinkThatLeadsBackHidesNothing() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree/sub"));
        Files.createSymbolicLink(tree.resolve("up"), tree.getParent());
        Files.writeString(tree.resolve("b.log"), "ERROR\n");

        CommandRun run = CommandRun.of("scan", "-R", "-c", "-F", "ERROR", directory);

        assertThat(run.errors())
                .isEqualTo("pickaroon: " + tree.resolve("up") + ": a link leads back to a directory above\n");
        assertThat(run.exitCode()).isZero();
        assertThat(CommandRun.of("scan", "-R", "-F", "nothing", directory).exitCode())
                .isOne();
        assertThat(CommandRun.of("scan", "-sR", "-F", "nothing", directory).errors())
                .isEmpty();
    }

    @Test
    void theNameOfAFileIsNotEmpty() {
        CommandRun run = CommandRun.of("scan", "-r", "-F", "ERROR", "");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("the name of a FILE is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 'unknown option -5; did you mean -C 5?'",
        "-P, 'unknown option -P\n'",
        "-N, 'unknown option -N; did you mean -n?'"
    })
    void anOptionThatThereIsNotIsNoFileAndNoOther(String option, String expected) {
        CommandRun run = CommandRun.of("scan", option, "-F", "ERROR", log);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(expected);
        assertThat(run.output()).isEmpty();
    }
}
