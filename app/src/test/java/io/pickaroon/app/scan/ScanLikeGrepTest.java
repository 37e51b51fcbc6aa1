package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.pickaroon.app.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison with grep does not have: where grep differs, and what it does not know. */
class ScanLikeGrepTest {
    private static final int LINES = 20_000;

    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void writeLog() throws IOException {
        log = directory.resolve("app.log");
        Files.writeString(log, "INFO one\nERROR two\r\nWARN three\nERROR WARN four\n");
    }

    @Test
    void carriageReturnsBelongToTheEndsOfLines() {
        assertThat(CommandRun.of("scan", log, "-n", "-e", "two$").output()).isEqualTo("2:ERROR two\r\n");
        assertThat(CommandRun.of("scan", log, "-x", "-F", "ERROR two").output()).isEqualTo("ERROR two\r\n");
        assertThat(CommandRun.of("scan", log, "-o", "-e", "t.*").output()).isEqualTo("two\nthree\n");
        assertThat(CommandRun.of("scan", log, "-v", "-e", "one|three|four").output())
                .isEqualTo("ERROR two\r\n");
        assertThat(CommandRun.of("scan", log, "--color=always", "-e", "two").output())
                .isEqualTo("ERROR \u001b[01;31m\u001b[Ktwo\u001b[m\u001b[K\r\n");
    }

    @Test
    void whatMatchesIsThePreferredOneOfTheLeftmost() {
        assertThat(CommandRun.of("scan", log, "-o", "-e", "W|WARN|ERR(OR)?").output())
                .isEqualTo("ERROR\nW\nERROR\nW\n");
        assertThat(CommandRun.of("scan", log, "-o", "-e", "WARN four", "-e", "ERROR W", "-F", "ARN")
                        .output())
                .isEqualTo("ARN\nERROR W\nARN\n");
    }

    @Test
    void aCountForEachPattern() {
        assertThat(CommandRun.of("scan", log, "-c", "--by-pattern", "-F", "WARN", "-F", "ERROR", "-e", "[A-Z]+ t")
                        .output())
                .isEqualTo("2:[A-Z]+ t\n2:WARN\n2:ERROR\n");
        assertThat(CommandRun.of("scan", log, log, "--by-pattern", "-F", "two").output())
                .isEqualTo("%s:1:two\n%s:1:two\n".formatted(log, log));
        assertThat(CommandRun.of("scan", log, "-v", "--by-pattern", "-F", "two").exitCode())
                .isEqualTo(2);
    }

    @Test
    void patternsComeFromFilesToo() throws IOException {
        Path expressions = Files.writeString(directory.resolve("expressions"), "^INFO\r\nfour$\n");
        Path texts = Files.writeString(directory.resolve("texts"), "two\n.\n");
        Path nothing = Files.writeString(directory.resolve("nothing"), "");

        assertThat(CommandRun.of("scan", log, "-f", expressions).output()).isEqualTo("INFO one\nERROR WARN four\n");
        assertThat(CommandRun.of("scan", log, "--literal-file", texts).output()).isEqualTo("ERROR two\r\n");
        assertThat(CommandRun.of("scan", log, "-f", nothing).exitCode()).isOne();
        assertThat(CommandRun.of("scan", log, "-f", nothing, "-v", "-c").output())
                .isEqualTo("4\n");
        assertThat(CommandRun.of("scan", log, "-e", "one\nthree").output()).isEqualTo("INFO one\nWARN three\n");
        assertThat(CommandRun.of("scan", log, "-f", directory.resolve("missing"))
                        .errors())
                .contains("missing: no such file");
    }

    @Test
    void errorsAreHiddenOnRequestAndStillEndWithTwo() {
        CommandRun run = CommandRun.of("scan", "-s", directory.resolve("missing"), log, "-I", "-F", "two");

        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).isEqualTo("ERROR two\r\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void quietEndsWithZeroOnceSomethingIsFound() {
        CommandRun run = CommandRun.of("scan", "-q", directory.resolve("missing"), log, "-F", "two");

        assertThat(run.output()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(CommandRun.of("scan", "-q", log, "-F", "five").exitCode()).isOne();
    }

    @Test
    void directoriesAreSearchedWithoutBinaries() throws IOException {
        Path sub = Files.createDirectories(directory.resolve("tree/sub"));
        Files.writeString(sub.resolve("late.log"), "x".repeat(64 * 1024) + "\0\nERROR late\n");
        Files.writeString(sub.resolve("binary"), "ERROR early\n\0");
        Files.writeString(sub.resolve("text.log"), "ERROR text\n");
        Files.write(sub.resolve("old.zst"), Zstd.compress("ERROR archived\n".getBytes(StandardCharsets.UTF_8)));
        Files.createSymbolicLink(directory.resolve("tree/link.log"), log);
        Files.createSymbolicLink(sub.resolve("up"), directory.resolve("tree"));
        Path tree = directory.resolve("tree");

        CommandRun run = CommandRun.of("scan", "-r", tree, "-F", "ERROR");
        CommandRun withLinks = CommandRun.of("scan", "-R", tree, "--include", "*.log", "-F", "ERROR");

        assertThat(run.output())
                .isEqualTo("%1$s/late.log:ERROR late\n%1$s/old.zst:ERROR archived\n%1$s/text.log:ERROR text\n"
                        .formatted(sub));
        assertThat(run.errors())
                .isEqualTo("pickaroon: binary files skipped: 1 (a NUL byte in the first 64 KiB); name a file to search"
                        + " it\n");
        assertThat(run.exitCode()).isZero();
        assertThat(withLinks.output())
                .isEqualTo(
                        "%2$s/link.log:ERROR two\r\n%2$s/link.log:ERROR WARN four\n%1$s/late.log:ERROR late\n%1$s/text.log:ERROR text\n"
                                .formatted(sub, tree));
        assertThat(withLinks.errors()).contains("up: a link leads back to a directory above");
        assertThat(CommandRun.of("scan", sub.resolve("binary"), "-F", "ERROR").output())
                .isEqualTo("ERROR early\n");
        assertThat(CommandRun.of("scan", "-r", tree, "--exclude", "*.log", "--exclude", "*.zst", "-F", "ERROR")
                        .exitCode())
                .isOne();
    }

    @Test
    void contextOfArchivesAndStreamsReachesBackAsInFiles() throws IOException {
        String text = IntStream.range(0, LINES)
                .mapToObj(line -> "line " + line + " of " + LINES)
                .collect(Collectors.joining("\n", "", "\n"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path plain = Files.write(directory.resolve("plain"), bytes);
        Path archive = Files.write(directory.resolve("archive.zst"), Zstd.compress(bytes));
        for (String context : new String[] {"-B1000000", "-C3", "-A1", "-vB2"}) {
            Object[] options = {"-n", context, "--window-bytes", "4KiB", "-e", "line (7|19000|1999[89]) "};
            String expected = CommandRun.of(with(plain, options)).output();

            assertThat(expected).contains("line 19000 ");
            assertThat(CommandRun.of(with(archive, options)).output()).isEqualTo(expected);
            assertThat(CommandRun.withInput(new ByteArrayInputStream(bytes), with("-", options))
                            .output())
                    .isEqualTo(expected);
        }
    }

    private static Object[] with(Object file, Object... options) {
        Object[] all = new Object[options.length + 2];
        all[0] = "scan";
        all[1] = file;
        System.arraycopy(options, 0, all, 2, options.length);
        return all;
    }

    @Test
    void recordsWithNulBytesArePrintedAsTheyAre() throws IOException {
        Files.write(log, "ERROR \0 one\nx\n".getBytes(StandardCharsets.UTF_8));

        assertThat(CommandRun.of("scan", log, "-F", "ERROR").output()).isEqualTo("ERROR \0 one\n");
    }

    @Test
    void aWordIsNotPartOfAnother() {
        assertThat(CommandRun.of("scan", log, "-w", "-e", "ERR|thre").exitCode())
                .isOne();
        assertThat(CommandRun.of("scan", log, "-w", "-o", "-e", "[a-zA-Z]+e").output())
                .isEqualTo("one\nthree\n");
        assertThat(CommandRun.of("scan", log, "-w", "-e", "a)(b").errors()).contains("'a)(b' is no regular expression");
    }
}
