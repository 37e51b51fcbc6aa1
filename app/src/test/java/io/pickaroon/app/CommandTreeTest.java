package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTreeTest {
    @Test
    void versionGoesToStandardOutput() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).startsWith("pickaroon ").contains("Java 25");
        assertThat(run.errors()).isEmpty();
    }

    private static Set<String> commands() {
        return CommandTree.create(new Terminal(System.out, System.err, false, 80), CommandRun.installation())
                .getSubcommands()
                .keySet();
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        for (String command : commands()) {
            CommandRun run = CommandRun.of(command, "--help");

            assertThat(run.exitCode()).as(command).isZero();
            if (!command.equals("help")) {
                assertThat(run.output()).as(command).contains("Examples:\n  pickaroon " + command);
            }
        }
    }

    @Test
    void helpFitsEightyColumns() {
        for (String command : commands()) {
            assertThat(CommandRun.of(command, "--help").output().lines())
                    .as(command)
                    .allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void helpAndReadmeListEveryExitCode() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        for (String text : List.of(CommandRun.of("--help").output(), readme)) {
            String codes = text.substring(text.indexOf("Exit codes: "));
            assertThat(codes.replaceAll("\\s+", " "))
                    .startsWith(
                            "Exit codes: 0 done, 1 something went wrong, 2 a mistake in what was asked for, 3 out of"
                                + " memory, 4 a person has to decide (nothing was read or sent), 5 not all could be"
                                + " proven (verify alone), 130 and 143 ended by a signal after a clean checkpoint.");
        }
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("say what to do", "scan").contains("Try 'pickaroon --help'.");
        assertThat(run.output()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'checkpoint reset x --to abc', 'option ''--to'': ''abc'' is no whole number; write digits alone'",
        "'checkpoint reset x --to 99999999999999999999', 'is too large'",
        "scna, 'pickaroon: unknown command scna; did you mean scan?'",
        "frobnicate, 'pickaroon: unknown command frobnicate'",
        "--versoin, 'pickaroon: unknown option --versoin; did you mean --version?'",
        "'scan x --cuont', 'pickaroon scan: unknown option --cuont; did you mean --count?'",
        "'scan x --tread=3', 'pickaroon scan: unknown option --tread; did you mean --threads?'",
        "'scan x -e y --threads=many', 'pickaroon scan: Invalid value'",
        "'fix x -F y --keep-first some', '''some'' is no whole number; write digits alone'",
        "'scan x -e y --window-bytes=12XB', '''12XB'' is no size; write for example 4096, 64KiB or 256MiB'"
    })
    void aMistakeIsNamedWithWhatWasMeant(String arguments, String expected) {
        CommandRun run = CommandRun.of((Object[]) arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(expected);
        assertThat(run.output()).isEmpty();
    }
}
