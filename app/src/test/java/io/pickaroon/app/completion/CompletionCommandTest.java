package io.pickaroon.app.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.CommandTree;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    private static final Path MAN_PAGE =
            Path.of(System.getProperty("pickaroon.launcher")).resolveSibling("packaging/man/pickaroon.1");

    @Test
    void bashCompletesCommandsAndTheirOptions(@TempDir Path directory) throws Exception {
        Path script = Files.write(
                directory.resolve("completion"), CommandRun.of("completion").outputBytes());
        assertThat(completions(script, "", "ch"))
                .contains("check", "checkpoint")
                .doesNotContain("scan");
        assertThat(completions(script, "scan", "--th")).containsExactly("--threads");
    }

    @Test
    void theManPageHasEveryCommand() throws Exception {
        String page = Files.readString(MAN_PAGE);
        for (String command : commands()) {
            assertThat(page).as(command).contains("\n.Cm " + command + "\n");
        }
    }

    private static Set<String> commands() {
        return CommandTree.create(new Terminal(System.out, System.err, false, 80), CommandRun.installation())
                .getSubcommands()
                .keySet();
    }

    /** What bash offers for {@code word} after {@code pickaroon COMMAND}. */
    private static String[] completions(Path script, String command, String word) throws Exception {
        String words = command.isEmpty() ? "pickaroon" : "pickaroon " + command;
        int index = command.isEmpty() ? 1 : 2;
        Process bash = new ProcessBuilder("bash", "-c", """
            compopt() { :; }
            source "$1"
            COMP_WORDS=(%s "%s")
            COMP_CWORD=%d
            _complete_pickaroon
            printf '%%s\\n' "${COMPREPLY[@]}"
            """.formatted(words, word, index), "bash", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String offered = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return offered.lines().map(String::strip).toArray(String[]::new);
    }
}
