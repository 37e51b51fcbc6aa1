package io.pickaroon.app.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pickaroon fix} in a process of its own that is ended in the middle, and run again. */
@Timeout(180)
class FixInterruptedTest {
    private static final int LARGE_BYTES = 100 << 20;
    private static final int LOG_BYTES = 40 << 20;
    private static final byte[] ERROR = "ERROR".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIXED = "FIXED".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private Path log;
    private byte[] before;
    private byte[] after;
    private FileTime written;

    /** About one record in a hundred is an error; the last record has no delimiter. */
    private void writeLog(int sizeBytes) throws IOException {
        log = directory.resolve("app.log");
        Random random = new Random(11);
        before = new byte[sizeBytes];
        after = new byte[sizeBytes];
        byte[] filler = "2026-11-20T12:00:00.000Z INFO  [worker-07] request of user u4711 took 12 ms; all is well\n"
                .getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < sizeBytes; at += filler.length) {
            int length = Math.min(filler.length, sizeBytes - at);
            System.arraycopy(filler, 0, before, at, length);
            System.arraycopy(filler, 0, after, at, length);
            if (length == filler.length && (at == 0 || random.nextInt(100) == 0)) {
                int word = at + random.nextInt(filler.length - ERROR.length);
                System.arraycopy(ERROR, 0, before, word, ERROR.length);
                System.arraycopy(FIXED, 0, after, word, FIXED.length);
            }
        }
        try (OutputStream out = Files.newOutputStream(log)) {
            out.write(before);
        }
        written = Files.getLastModifiedTime(log);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void killedAtAnyInstantAndRunAgainItFixesEverythingAndNothingElse(long seed) throws Exception {
        writeLog(LARGE_BYTES);
        Random random = new Random(seed);
        int kills = 0;
        for (int attempt = 0; attempt < 4 && !isFixed(Files.readAllBytes(log)); attempt++) {
            FileTime found = Files.getLastModifiedTime(log);
            try (ForkedProgram program = startFix()) {
                awaitAChange(program, found);
                Thread.sleep(random.nextInt(200));
                kills += program.process().isAlive() ? 1 : 0;
                program.kill();
            }
            assertEachErrorIsWholeOrFixed(Files.readAllBytes(log));
        }
        assertThat(kills).isPositive();

        CommandRun run = CommandRun.of((Object[]) arguments());

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(Arrays.mismatch(Files.readAllBytes(log), after)).isEqualTo(-1);
        assertThat(state()).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsItCleanlyAndItSaysHowToGoOn(String signal, int exitCode) throws Exception {
        writeLog(LOG_BYTES);
        try (ForkedProgram program = startFix()) {
            awaitAChange(program, written);

            assertThat(program.endBy(signal)).as(program.errors()).isEqualTo(exitCode);

            assertThat(program.errors())
                    .contains("stopped; no change is half done. Run the same command again", state().toString());
        }
        assertThat(isFixed(Files.readAllBytes(log))).isFalse();
        assertEachErrorIsWholeOrFixed(Files.readAllBytes(log));

        CommandRun run = CommandRun.of((Object[]) arguments());

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).contains("going on at offset ").doesNotContain("complete now");
        assertThat(Arrays.mismatch(Files.readAllBytes(log), after)).isEqualTo(-1);
        assertThat(state()).isEmptyDirectory();
    }

    @Test
    void aFileIsFixedByOneProcessAtATime() throws Exception {
        writeLog(LOG_BYTES);
        try (ForkedProgram program = startFix()) {
            awaitAChange(program, written);

            CommandRun other = CommandRun.of("fix", log, "-F", "user", "--replace", "USER", "--state", state());

            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.errors())
                    .contains(
                            "another fix of this file is running",
                            "process " + program.process().pid());
        }
    }

    @Test
    void whatAnInterruptedFixWithOtherRulesHasLeftIsFinishedFirst() throws Exception {
        writeLog(LOG_BYTES);
        try (ForkedProgram program = startFix()) {
            awaitAChange(program, written);
            program.kill();
        }

        CommandRun other = CommandRun.of("fix", log, "-F", "no such text", "--mask", "*", "--state", state());

        assertThat(other.exitCode()).as(other.errors()).isZero();
        assertThat(other.output()).contains("nothing to change");
        assertThat(other.errors()).contains("a fix of this file with other rules was interrupted and is not finished");
        assertEachErrorIsWholeOrFixed(Files.readAllBytes(log));

        CommandRun again = CommandRun.of((Object[]) arguments());

        assertThat(again.exitCode()).isZero();
        assertThat(Arrays.mismatch(Files.readAllBytes(log), after)).isEqualTo(-1);
        assertThat(state()).isEmptyDirectory();
    }

    @Test
    void memoryIsBoundedWhereEveryRecordIsChanged() throws Exception {
        Path dense = directory.resolve("dense.log");
        String text = "ERROR\n".repeat(1_200_000);
        Files.writeString(dense, text);
        try (ForkedProgram program = ForkedProgram.start(
                directory,
                "-Xmx64m",
                "fix",
                dense.toString(),
                "-F",
                "ERROR",
                "--replace",
                "FIXED",
                "--state",
                state().toString())) {
            assertThat(program.end(120)).as(program.errors()).isZero();
        }
        assertThat(Files.readString(dense).equals(text.replace("ERROR", "FIXED")))
                .isTrue();
    }

    /** An expression without a text that it needs is slow: there is a middle to be interrupted in. */
    private ForkedProgram startFix() throws IOException {
        return ForkedProgram.start(directory, arguments());
    }

    private Path state() {
        return directory.resolve("state");
    }

    private String[] arguments() {
        return new String[] {
            "fix",
            log.toString(),
            "-i",
            "-e",
            "[e]rror",
            "--replace",
            "FIXED",
            "--threads",
            "1",
            "--window-bytes",
            "64KiB",
            "--state",
            state().toString()
        };
    }

    private void awaitAChange(ForkedProgram program, FileTime before) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !program.process().isAlive()
                        || !Files.getLastModifiedTime(log).equals(before));
    }

    private boolean isFixed(byte[] found) {
        return Arrays.equals(found, after);
    }

    private void assertEachErrorIsWholeOrFixed(byte[] found) {
        assertThat(found.length).isEqualTo(before.length);
        for (int from = 0; from < found.length; ) {
            int differs = Arrays.mismatch(found, from, found.length, before, from, before.length);
            if (differs < 0) {
                return;
            }
            int word = from + differs;
            assertThat(new String(found, word, FIXED.length, StandardCharsets.US_ASCII))
                    .isEqualTo("FIXED");
            from = word + FIXED.length;
        }
    }
}
