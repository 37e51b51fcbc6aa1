package io.pickaroon.app.plan;

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

/** Mistakes are told before anything is read, and nothing is written. */
class PlanMistakesTest {
    @TempDir
    private Path directory;

    private PlannedLogs logs;

    @BeforeEach
    void write() throws IOException {
        logs = new PlannedLogs(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "--html missing/plan.html, there is no directory",
        "--json logs, is a directory; name a file in it",
        "--json logs/x.log, is the output and a file of input app",
        "--html plan.yaml, is the configuration; name another file",
        "--html logs/a.log, is the output and a file of input app",
    })
    void whereNoFileCanBeWrittenNothingIsRead(String arguments, String expected) throws IOException {
        String[] words = arguments.split(" ");
        String before = Files.readString(logs.configuration);

        CommandRun run = CommandRun.of("plan", "-c", logs.configuration, words[0], directory.resolve(words[1]));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(words[0], words[1], expected);
        assertThat(run.output()).isEmpty();
        assertThat(Files.readString(logs.configuration)).isEqualTo(before);
    }

    @Test
    void aLedgerThatCannotBeWrittenEndsTheRunBeforeItBegins() {
        CommandRun run = CommandRun.of(
                "run", "-c", logs.configuration, "--once", "--ledger", directory.resolve("missing/ledger.json"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("--ledger", "there is no directory " + directory.resolve("missing"));
        assertThat(logs.checkpoint).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsReplacedAndAPipeIsWrittenTo() throws Exception {
        Path html = Files.writeString(directory.resolve("plan.html"), "older");
        Path pipe = directory.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        try {
            assertThat(CommandRun.of("plan", "-c", logs.configuration, "-q", "--html", html, "--json", pipe)
                            .exitCode())
                    .isZero();
            assertThat(reader.inputReader().lines()).anyMatch(line -> line.contains("\"pickaroon-run\""));
        } finally {
            reader.destroy();
        }
        assertThat(Files.readString(html)).startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "plan, name the configuration with -c FILE",
        "plan --compare a.json, --compare needs one ledger",
        "plan --compare a.json b.json c.json, --compare needs one ledger",
        "plan --compare a.json b.json -c x.yaml, --compare reads no logs",
        "plan -c x.yaml b.json, unexpected argument b.json; a ledger goes with --compare PLAN",
        "plan -c x.yaml --html a --json a, --html and --json name the same file",
        "run -c x.yaml --ledger a, --ledger needs --once",
        "plan --compare missing.json b.json, 'missing.json: no such file'"
    })
    void whatDoesNotGoTogetherIsAMistake(String arguments, String expected) {
        CommandRun run = CommandRun.of((Object[]) arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                                  | the file is no object
        []                                                  | the file is no object
        {"format":"x"}                                      | 'format' is not 'pickaroon-run'
        {"format":"pickaroon-run"}                          | 'formatVersion' is no whole number
        {"format":"pickaroon-run","formatVersion":2}        | format version 2 is of another Pickaroon; this one reads version 1
        {"format":"pickaroon-run","formatVersion":1,"kind":7} | there is no text 'kind'
        {"format":"pickaroon-run",                          | line 1 is no JSON
        {"format":"pickaroon-run","formatVersion":1e99}     | 'formatVersion' is no whole number
        """)
    void whatIsNoPlanIsRefused(String text, String expected) throws IOException {
        Path file = Files.writeString(directory.resolve("x.json"), text);

        CommandRun run = CommandRun.of("plan", "--compare", file, file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(file.toString(), expected);
    }

    @Test
    void aLedgerIsNoPlan() throws IOException {
        Path ledger = directory.resolve("ledger.json");
        CommandRun.of("run", "-c", logs.configuration, "--once", "-q", "--ledger", ledger);

        CommandRun run = CommandRun.of("plan", "--compare", ledger, ledger);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("is the ledger of a run; name the plan first");
    }
}
