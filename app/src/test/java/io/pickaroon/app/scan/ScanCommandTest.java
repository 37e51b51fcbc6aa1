package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.pickaroon.app.CommandRun;
import io.pickaroon.app.demo.DemoLog;
import io.pickaroon.app.demo.DemoRule;
import io.pickaroon.app.demo.DemoTruth;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCommandTest {
    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void writeLog() throws IOException {
        log = directory.resolve("app.log");
        Files.writeString(log, "INFO one\nERROR two\r\nWARN error naïve\n\nERROR WARN last");
    }

    @Test
    void printsMatchingRecordsAsTheyStand() {
        CommandRun run = CommandRun.of("scan", log, "-e", "ERROR");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo("ERROR two\r\nERROR WARN last\n");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void aRecordThatSeveralPatternsMatchIsPrintedOnce() {
        assertThat(CommandRun.of("scan", log, "-e", "ERROR", "-F", "WARN").output())
                .isEqualTo("ERROR two\r\nWARN error naïve\nERROR WARN last\n");
    }

    @Test
    void linesEndAtLfOrCrLfInEveryFormOfAFile() throws IOException {
        String text = "END\r\nat END\r\nEND\nEND \r\nEND\rno\r\n\r\nEND";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Files.write(log, bytes);
        Path utf16 = Files.write(directory.resolve("b.log"), ("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE));
        Path gzip = directory.resolve("c.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(bytes);
        }
        Path zstd = Files.write(directory.resolve("d.log.zst"), Zstd.compress(bytes));
        for (Path file : List.of(log, utf16, gzip, zstd)) {
            assertThat(CommandRun.of("scan", file, "-e", "END$").output()).isEqualTo("END\r\nat END\r\nEND\nEND\n");
            assertThat(CommandRun.of("scan", file, "-c", "-e", "^END$").output())
                    .isEqualTo("3\n");
            assertThat(CommandRun.of("scan", file, "-c", "-e", "^$").output()).isEqualTo("1\n");
            assertThat(CommandRun.of("scan", file, "-c", "-e", "\r").output()).isEqualTo("1\n");
        }
    }

    @Test
    void aLiteralIsTakenAsItStandsAndAnExpressionIsNot() throws IOException {
        Files.writeString(log, "a.b\naxb\n");

        assertThat(CommandRun.of("scan", log, "-F", "a.b").output()).isEqualTo("a.b\n");
        assertThat(CommandRun.of("scan", log, "-e", "a.b").output()).isEqualTo("a.b\naxb\n");
    }

    @Test
    void caseIsIgnoredOnRequest() {
        assertThat(CommandRun.of("scan", log, "-c", "-i", "-e", "error").output())
                .isEqualTo("3\n");
        assertThat(CommandRun.of("scan", log, "-c", "-e", "error").output()).isEqualTo("1\n");
    }

    @Test
    void nothingFoundEndsWithOne() {
        CommandRun run = CommandRun.of("scan", log, "-e", "FATAL");

        assertThat(run.exitCode()).isOne();
        assertThat(run.output()).isEmpty();
    }

    /** Files of the kernel report 0 bytes, or a page. */
    @Test
    void whatHasAnotherSizeThanItReportsIsReadToItsEnd() throws IOException {
        Path none = Path.of("/proc/version");
        Path page = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        assertThat(Files.size(none)).isZero();
        assertThat(Files.size(page)).isGreaterThan(Files.readAllBytes(page).length);

        CommandRun run = CommandRun.of("scan", none, page, "-e", ".");

        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).isEqualTo(none + ":" + Files.readString(none) + page + ":" + Files.readString(page));
        assertThat(CommandRun.of("scan", "/proc/self/maps", "-c", "-F", "[stack]")
                        .output())
                .isEqualTo("1\n");
    }

    @Test
    void severalFilesAreNamedInFrontOfWhatWasFound() throws IOException {
        Path other = Files.writeString(directory.resolve("other.log"), "ERROR other\n");

        assertThat(CommandRun.of("scan", log, other, "-e", "other").output()).isEqualTo(other + ":ERROR other\n");
        assertThat(CommandRun.of("scan", log, other, "-c", "-e", "ERROR").output())
                .isEqualTo(log + ":2\n" + other + ":1\n");
    }

    @Test
    void anEmptyFileHasNoMatches() throws IOException {
        Files.writeString(log, "");

        assertThat(CommandRun.of("scan", log, "-c", "-e", "ERROR").output()).isEqualTo("0\n");
    }

    @Test
    void aMissingFileIsNamedAndTheOthersAreRead() {
        CommandRun run = CommandRun.of("scan", directory.resolve("nowhere"), log, "-c", "-e", "ERROR");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).isEqualTo("pickaroon: " + directory.resolve("nowhere") + ": no such file\n");
        assertThat(run.output()).isEqualTo(log + ":2\n");
    }

    @Test
    void aDirectoryIsRefused() {
        CommandRun run = CommandRun.of("scan", directory, "-e", "ERROR");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("is a directory");
    }

    @Test
    void aBrokenExpressionIsRefusedWithTheReason() {
        CommandRun run = CommandRun.of("scan", log, "-e", "a(");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("'a(' is no regular expression", "missing closing )");
    }

    @Test
    void somethingToLookForIsNeeded() {
        CommandRun run = CommandRun.of("scan", log);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("say what to look for");
    }

    @Test
    void recordsBeyondTheLimitAreCutAndThatIsSaid() {
        CommandRun run = CommandRun.of("scan", log, "-e", "ERROR", "--max-record-bytes", "10");

        assertThat(run.output()).isEqualTo("ERROR two\r\nERROR WARN\n");
        assertThat(run.errors()).contains("records longer than 10 B: 2");
    }

    @Test
    void aProgressBarNeverReachesStandardOutput() throws IOException {
        Path big = directory.resolve("big.log");
        new DemoLog(64L << 20, 3, 1 << 20, true).writeTo(big);

        CommandRun shown = CommandRun.onTerminal("scan", big, "-c", "--window-bytes", "4KiB", "-e", "req=[0-9]+x");
        CommandRun hidden = CommandRun.onTerminal("scan", big, "-c", "--no-progress", "-e", "req=[0-9]+x");

        assertThat(shown.errors())
                .contains("% ", " of 64.0 MiB")
                .endsWith("scanned; raise --max-record-bytes to scan more\n");
        assertThat(hidden.errors()).doesNotContain("%");
        assertThat(shown.output()).isEqualTo(hidden.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4KiB", "64KiB", "16MiB"})
    void findsTheSameWhateverTheWindow(String windowBytes) throws IOException {
        Path demo = directory.resolve("demo.log");
        DemoTruth truth = new DemoLog(DemoLog.SMALLEST_BYTES, 3, 1 << 20, true).writeTo(demo);
        for (DemoRule rule : DemoRule.values()) {
            CommandRun run = CommandRun.of(
                    "scan", demo, "-c", "--window-bytes", windowBytes, rule.isRegex() ? "-e" : "-F", rule.pattern());

            assertThat(run.output()).isEqualTo(truth.matches().get(rule).count() + "\n");
        }
        String expected = Arrays.stream(Files.readString(demo).split("(?<=\n)"))
                .filter(line -> line.contains("WARN"))
                .collect(Collectors.joining());
        String printed = CommandRun.of("scan", demo, "-e", "WARN", "--window-bytes", windowBytes)
                .output();
        assertThat(printed).isEqualTo(expected);
    }
}
