package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said with what, where and what to do; what can be read is read. See docs/bad-input.md. */
@Timeout(120)
class BadInputTest {
    @TempDir
    private Path directory;

    private SampleConfiguration sample;
    private Path file;

    @BeforeEach
    void configure() throws IOException {
        sample = new SampleConfiguration(directory);
        file = sample.write(SampleConfiguration.CONSOLE);
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        CommandRun run = once("app.log");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors())
                .contains("input app has no files: " + sample.log() + ": there is no such file, or this user may not");
    }

    @Test
    void aDirectoryInPlaceOfAFileIsCalledOne() throws IOException {
        Files.createDirectory(sample.log());

        assertThat(once("app.log").errors())
                .contains(
                        sample.log() + " is a directory (name the files in it, for example " + sample.log() + "/*.log");
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        new ProcessBuilder("mkfifo", sample.log().toString()).start().waitFor();

        assertThat(once("app.log").errors())
                .contains(sample.log() + " is not a regular file (pipes and devices cannot be mapped)");
    }

    @Test
    void aFileOfTheKernelIsNotReadAndSaid() throws IOException {
        Files.createSymbolicLink(sample.log(), Path.of("/proc/version"));
        Files.createSymbolicLink(directory.resolve("b.log"), Path.of("/sys/kernel/mm/transparent_hugepage/enabled"));
        Files.writeString(directory.resolve("c.log"), "ERROR c\n");

        for (int start = 0; start < 2; start++) {
            CommandRun run = run();
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output()).isEqualTo(start == 0 ? "ERROR c\n" : "");
            assertThat(run.errors())
                    .contains("app.log: reports 0 bytes and has another size", "'pickaroon scan' reads it")
                    .containsPattern("b.log: reports \\d+ bytes and has another size");
        }
    }

    @Test
    void aPatternThatFindsNothingIsSaid() throws IOException {
        assertThat(run().errors()).contains("input app has no files: no file matches " + directory + "/*.log");
    }

    @Test
    void anEmptyFileIsNoTrouble() throws IOException {
        Files.createFile(sample.log());
        CommandRun run = run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).contains("0 matches emitted");
    }

    @Test
    void zeroBytesAndWhatIsNotUtf8PassUnharmed() throws IOException {
        byte[] bytes = "a\0ERROR\0b\n\u00ff\u00feERROR \u00c3\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(sample.log(), bytes);

        assertThat(run().outputBytes()).isEqualTo(bytes);
    }

    @Test
    void aLineOfThreeGigabytesIsCountedAndTheNextOneFound() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(sample.log().toFile(), "rw")) {
            log.write('a');
            log.seek(3L << 30);
            log.write("ERROR far beyond\nERROR next\n".getBytes(StandardCharsets.US_ASCII));
        }
        CommandRun run = run();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).isEqualTo("ERROR next\n");
        assertThat(run.errors()).contains("3,221,225,489");
    }

    @Test
    void aHoleBeforeTheFirstLineAndByteOrderMarksAreInTheLedger() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(sample.log().toFile(), "rw")) {
            log.seek(3L << 30);
            log.write("ERROR far beyond\nERROR next\n".getBytes(StandardCharsets.US_ASCII));
        }
        Files.writeString(directory.resolve("b.log"), "\ufeffERROR in UTF-8\n" + "INFO\n".repeat(9));
        Files.write(directory.resolve("c.log"), new byte[100_000]);
        CommandRun run = run();

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output().lines()).containsExactlyInAnyOrder("ERROR far beyond", "ERROR next", "ERROR in UTF-8");
        assertThat(run.errors())
                .containsPattern("leading NULs, byte order marks +- +3,221,325,475")
                .contains("app.log: 3221225472 NUL bytes stand before its first record")
                .doesNotContain("does not add up");
        assertThat(run().output()).isEmpty();
        assertThat(CommandRun.of("scan", sample.log(), "-e", "^ERROR", "-c").output())
                .isEqualTo("2\n");
        assertThat(CommandRun.of("scan", directory.resolve("b.log"), "-e", "^ERROR")
                        .output())
                .isEqualTo("ERROR in UTF-8\n");
    }

    @Test
    void aBinarySettingsFileIsCalledOne() throws IOException {
        Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 0, 0, (byte) 0xd0});

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("this is a binary file, expected YAML text");
    }

    @Test
    void whatRe2LeavesOutIsNamed() throws IOException {
        sample.write(SampleConfiguration.CONSOLE, "{ regex: '(?=a)' }", "");

        CommandRun run = CommandRun.of("check", "-c", file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .contains("in RE2 syntax: invalid or unsupported Perl syntax: `(?=`; there is no look-around");
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsNamedWithARemedy() throws IOException {
        Path inTheWay = Files.createFile(directory.resolve("in-the-way"));
        Files.writeString(
                file, Files.readString(file).replace(sample.checkpoint().toString(), inTheWay + "/state/checkpoint"));
        CommandRun run = run();

        assertThat(run.exitCode()).isOne();
        assertThat(run.errors())
                .contains(inTheWay + "/state: cannot make this directory for the checkpoint", "choose another path");
    }

    @Test
    void aSecondRunOnTheSameCheckpointIsRefusedAndTheFirstGoesOn() throws Exception {
        Files.writeString(sample.log(), "ERROR one\n");
        try (ForkedProgram first = ForkedProgram.start(directory, "run", "-c", file.toString())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> first.output().equals("ERROR one\n"));

            CommandRun second = run();

            assertThat(second.exitCode()).isOne();
            assertThat(second.errors())
                    .contains(
                            sample.checkpoint() + ": in use by process "
                                    + first.process().pid(),
                            "stop it or use another checkpoint path");
            assertThat(first.endBy("TERM")).isEqualTo(143);
        }
    }

    private CommandRun once(String name) throws IOException {
        Files.writeString(file, Files.readString(file).replace("*.log", name));
        return run();
    }

    private CommandRun run() throws IOException {
        return CommandRun.of("run", "--once", "-c", file);
    }
}
