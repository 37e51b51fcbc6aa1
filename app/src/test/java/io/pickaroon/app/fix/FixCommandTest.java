package io.pickaroon.app.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixCommandTest {
    private static final String LOG_TEXT = "ERROR one\nfine\r\ncard=4111111111111111 x\r\nERROR ERROR é card=123";

    @TempDir
    private Path directory;

    private Path log;
    private Path state;

    @BeforeEach
    void writeLog() throws IOException {
        state = directory.resolve("state");
        log = Files.writeString(directory.resolve("app.log"), LOG_TEXT);
    }

    @Test
    void replacesEveryMatchAndNothingElse() throws IOException {
        FileStatus before = FileStatus.of(log);

        CommandRun run = fix(log, "-F", "ERROR", "--replace", "FIXED");

        assertThat(run.exitCode()).isZero();
        assertThat(log).hasContent(LOG_TEXT.replace("ERROR", "FIXED"));
        assertThat(run.output()).isEqualTo(log + ": 3 changes, 15 bytes; 2 of 4 records match\n");
        assertThat(run.errors()).isEmpty();
        FileStatus after = FileStatus.of(log);
        assertThat(after.inode()).isEqualTo(before.inode());
        assertThat(after.mode()).isEqualTo(before.mode());
    }

    @Test
    void masksAGroupAndKeepsItsEnd() throws IOException {
        fix(
                log,
                "-e",
                "card=(?<pan>\\d{13,19})",
                "--mask",
                "*",
                "--group",
                "pan",
                "--keep-first",
                "2",
                "--keep-last",
                "4");

        assertThat(log).hasContent(LOG_TEXT.replace("4111111111111111", "41**********1111"));
    }

    @Test
    void aDryRunPrintsEachChangeAndMakesNone() throws IOException {
        FileStatus before = FileStatus.of(log);

        CommandRun run = fix(log, "-F", "ERROR", "-e", "\\d{13,19}", "--mask", "#", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .startsWith(log + ":0\n- ERROR one\n+ ##### one\n")
                .contains(log + ":21\n- card=4111111111111111 x\n+ card=################ x\n")
                .endsWith(log + ": would make 4 changes, 31 bytes; 3 of 4 records match\n");
        assertThat(FileStatus.of(log)).isEqualTo(before);
        assertThat(log).hasContent(LOG_TEXT);
        assertThat(state).doesNotExist();
    }

    @Test
    void aDryRunCutsLongRecordsToTheTerminalAndShowsNoControlCharacters() throws IOException {
        Files.writeString(log, "é".repeat(300) + "\u001b[31mERROR\u009b" + "ü".repeat(300) + "\n");

        CommandRun run = fix(log, "-F", "ERROR", "--replace", "FIXED", "--dry-run");

        List<String> lines = run.output().lines().toList();
        assertThat(lines.get(0)).isEqualTo(log + ":605");
        assertThat(lines.get(1)).startsWith("- ...é").contains("é.[31mERROR.ü").endsWith("ü...");
        assertThat(lines.get(2)).startsWith("+ ...é").contains("é.[31mFIXED.ü").endsWith("ü...");
        assertThat(lines.subList(1, 3)).allMatch(line -> line.length() <= 80 && !line.contains("\ufffd"));
    }

    @Test
    void whatIsFixedTwiceIsTheSame() throws IOException {
        String[] tokens = {"-e", "card=(?<n>\\S+)", "--mask", "*", "--group", "n", "--keep-last", "2"};
        assertThat(fix(log, tokens).output()).contains(": 2 changes, ");
        String once = Files.readString(log);

        CommandRun again = fix(log, tokens);

        assertThat(log).hasContent(once);
        assertThat(again.output()).contains("nothing to change", "left alone: 2 already as they should be");
        assertThat(fix(log, append(tokens, "--dry-run")).output())
                .contains("nothing to change", "left alone: 2 already as they should be");
    }

    @Test
    void aGrownFileIsReadFromItsStartAfterACompleteRun() throws IOException {
        fix(log, "-F", "ERROR", "--replace", "FIXED");
        Files.writeString(log, "ERROR at the head\n" + LOG_TEXT + LOG_TEXT, StandardOpenOption.WRITE);

        CommandRun run = fix(log, "-F", "ERROR", "--replace", "FIXED");

        assertThat(run.output()).contains(": 7 changes, ");
        assertThat(log).content().doesNotContain("ERROR");
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void aTextOfAnotherLengthIsRefusedWithBothLengthsInBytes() throws IOException {
        CommandRun run = fix(log, "-F", "naïve", "--replace", "naive");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("'naïve' has 6 bytes and its replacement 'naive' has 5");
        assertThat(log).hasContent(LOG_TEXT);
    }

    @Test
    void matchesOfAnExpressionThatHaveAnotherLengthAreCounted() throws IOException {
        CommandRun run = fix(log, "-e", "card=\\d+", "--replace", "card=000");

        assertThat(run.exitCode()).isZero();
        assertThat(log).hasContent(LOG_TEXT.replace("card=123", "card=000"));
        assertThat(run.output())
                .contains(": 1 change, 8 bytes;", "left alone: 1 of another length than the replacement");
    }

    @Test
    void theHeadIsProtectedOnRequest() throws IOException {
        CommandRun run = fix(log, "-F", "ERROR", "--replace", "FIXED", "--protect-head", "10");

        assertThat(log).hasContent("ERROR" + LOG_TEXT.substring(5).replace("ERROR", "FIXED"));
        assertThat(run.output()).contains("left alone: 1 in the protected head of the file");
    }

    @Test
    void overlappingMatchesAreMaskedTogether() throws IOException {
        CommandRun run = fix(log, "-F", "ERROR o", "-F", "one", "--mask", "*");

        assertThat(log).hasContent(LOG_TEXT.replace("ERROR one", "*********"));
        assertThat(run.output()).doesNotContain("left alone");
    }

    @Test
    void whatCannotBeFixedIsNamedAndTheOthersAreFixed() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), log);
        Path twoNames = Files.writeString(directory.resolve("first-name"), LOG_TEXT);
        Files.createLink(directory.resolve("second-name"), twoNames);

        CommandRun run = CommandRun.of(
                "fix",
                directory,
                directory.resolve("nowhere"),
                twoNames,
                log,
                link,
                "-F",
                "ERROR",
                "--replace",
                "FIXED",
                "--state",
                state);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("pickaroon: " + directory + ": is a directory"))
                .anyMatch(line -> line.equals("pickaroon: " + directory.resolve("nowhere") + ": no such file"))
                .anyMatch(line -> line.startsWith("pickaroon: " + twoNames + ": has 2 names (hard links)"));
        assertThat(log).hasContent(LOG_TEXT.replace("ERROR", "FIXED"));
        assertThat(twoNames).hasContent(LOG_TEXT);
        assertThat(run.output()).isEqualTo(log + ": 3 changes, 15 bytes; 2 of 4 records match\n");

        fix(twoNames, "-F", "ERROR", "--replace", "FIXED", "--allow-hard-links");
        assertThat(directory.resolve("second-name")).hasContent(LOG_TEXT.replace("ERROR", "FIXED"));
    }

    @Test
    void aFileThatMayNotBeWrittenIsRefused() throws IOException {
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("r--r--r--"));
        assumeThat(Files.isWritable(log)).as("root may write anything").isFalse();

        CommandRun run = fix(log, "-F", "ERROR", "--replace", "FIXED");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .isEqualTo(
                        "pickaroon: " + log + ": cannot be written by this user; give this user write access to it\n");
    }

    @Test
    void recordsThatWereNotSeenWholeAreAFailure() {
        CommandRun run = fix(log, "-F", "ERROR", "--replace", "FIXED", "--max-record-bytes", "12");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .contains("records longer than 12 B: 2; only their beginnings were scanned; raise --max-record-bytes");
    }

    @Test
    void severalFilesHaveATotal() throws IOException {
        Path other = Files.writeString(directory.resolve("other.log"), "fine\n");

        CommandRun run = CommandRun.of("fix", log, other, "-F", "ERROR", "--replace", "FIXED", "--state", state);

        assertThat(run.output().lines())
                .containsExactly(
                        log + ": 3 changes, 15 bytes; 2 of 4 records match",
                        other + ": nothing to change; 0 of 1 records match",
                        "2 files: 3 changes, 15 bytes; 2 of 5 records match");
    }

    @Test
    void quietSaysNothingWhenAllIsWell() {
        CommandRun run = fix(log, "-q", "-F", "ERROR", "--replace", "FIXED");

        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void aStateDirectoryThatCannotBeMadeIsSaid() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        CommandRun run =
                CommandRun.of("fix", log, "-F", "ERROR", "--replace", "FIXED", "--state", file.resolve("state"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains(file + ": not a directory", "--state DIR");
        assertThat(log).hasContent(LOG_TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "-F ERROR, 'either --replace TEXT or --mask C'",
        "-F ERROR --replace FIXED --mask *, 'either --replace TEXT or --mask C'",
        "-F ERROR --mask **, '--mask takes one printable ASCII character, not ''**'''",
        "-F ERROR --mask é, 'a mask is one printable ASCII character'",
        "-F ERROR --replace FIXED --keep-last 2, '--keep-first and --keep-last belong to --mask'",
        "-F ERROR --mask * --keep-last -2, 'must not be negative'",
        "-F ERROR --mask * --group pan, '--group pan: a text has no group of that name'",
        "-e a(?<b>c) --mask * --group pan, '--group pan: ''a(?<b>c)'' has no group of that name'",
        "-e a( --mask *, 'is no regular expression'",
        "--mask *, 'say what to look for'",
    })
    void aMistakeIsNamedAndNothingIsTouched(String options, String expected) {
        CommandRun run = fix(log, options.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(expected);
        assertThat(log).hasContent(LOG_TEXT);
        assertThat(state).doesNotExist();
    }

    private CommandRun fix(Path file, String... options) {
        List<Object> words = new ArrayList<>(List.of("fix", file, "--state", state));
        words.addAll(List.of(options));
        return CommandRun.of(words.toArray());
    }

    private static String[] append(String[] words, String word) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(word);
        return all.toArray(String[]::new);
    }
}
