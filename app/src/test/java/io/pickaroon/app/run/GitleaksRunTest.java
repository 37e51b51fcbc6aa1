package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.SampleConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs with rules for secrets in the format of gitleaks. */
@Timeout(180)
class GitleaksRunTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RULES = """
        [[rules]]
        id = "acme"
        regex = 'acme_[a-z]{8}'
        keywords = ["acme_"]
        [[rules]]
        id = "file"
        path = 'x'
        """;
    private static final String NOT_USED =
            "rules.toml:5:1: rule 'file' is not used: it asks for the path of a file alone, and"
                    + " finds nothing in a record";

    @TempDir
    private Path directory;

    private SampleConfiguration sample;
    private Path rules;

    @BeforeEach
    void write() throws IOException {
        sample = new SampleConfiguration(directory);
        rules = Files.writeString(directory.resolve("rules.toml"), RULES);
    }

    private Path configure(String detect) throws IOException {
        return sample.write(
                "output: { file: { path: \"" + directory.resolve("found.ndjson") + "\" } }",
                "{ detect: " + detect + " }",
                "    fix: {}");
    }

    @Test
    void secretsAreMaskedOnceAndWhatIsNotUsedIsSaid() throws IOException {
        Files.writeString(sample.log(), "a acme_abcdefgh\nb 4111111111111111\nc acme_1 # gitleaks:allow\n");
        Path configuration = configure("[ card, { gitleaks: rules.toml } ]");
        CommandRun first = CommandRun.of("run", "--once", "-c", configuration);

        assertThat(first.exitCode()).as(first.errors()).isZero();
        assertThat(first.errors()).containsOnlyOnce(NOT_USED);
        assertThat(Files.readString(sample.log()))
                .isEqualTo("a *************\nb ************1111\nc acme_1 # gitleaks:allow\n");
        assertThat(Files.readString(directory.resolve("found.ndjson")))
                .contains("a *************", "b ************1111")
                .doesNotContain("acme_");

        CommandRun checked = CommandRun.of("check", "-c", configuration);
        assertThat(checked.errors()).contains(NOT_USED);
        assertThat(checked.output())
                .contains("what card, 1 rule of " + rules
                        + " finds is masked with '*', except what each leaves readable");
        CommandRun second = CommandRun.of("run", "--once", "--from-beginning", "-c", configuration);
        assertThat(second.exitCode()).isZero();
        assertThat(second.errors()).contains("0 matches emitted").doesNotContain("in place");
    }

    @Test
    void aScanTakesAFileOfRulesToo() throws IOException {
        Files.writeString(sample.log(), "a acme_abcdefgh\nb acme_1\nc joe@example.com\n");
        CommandRun run = CommandRun.of("scan", "--detect", "gitleaks:" + rules, "--detect", "email,iban", sample.log());

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo("a acme_abcdefgh\nc joe@example.com\n");
        assertThat(run.errors()).contains(NOT_USED);

        Files.writeString(rules, "[[rules]]\nid = 5\n");
        CommandRun wrong = CommandRun.of("scan", "--detect", "gitleaks:" + rules, sample.log());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains(rules + ":2:1: error: expected a text for 'id'");
        CommandRun none = CommandRun.of("scan", "--detect", "gitleaks:" + directory.resolve("none"), sample.log());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errors()).isEqualTo("pickaroon: " + directory.resolve("none") + ": there is no such file\n");
    }

    @Test
    void aFileOfWhichNothingCanBeUsedEndsWithTwo() throws IOException {
        Files.writeString(rules, "[[rules]]\nid = 'look'\nregex = '(?=a)'\n");
        CommandRun run = CommandRun.of("run", "--once", "-c", configure("{ gitleaks: rules.toml }"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors())
                .contains(rules
                        + ":1:1: error: rule 'look' is not used: its 'regex' is no regular expression in RE2 syntax:");
    }

    @Test
    void aReloadReadsTheRulesAgain() throws Exception {
        Files.writeString(sample.log(), "a acme_abcdefgh\n");
        Path configuration = configure("{ gitleaks: rules.toml }");
        try (ForkedProgram program = ForkedProgram.start(directory, "run", "-c", configuration.toString())) {
            await().atMost(SOON).until(() -> Files.readString(sample.log()).startsWith("a ****"));
            Files.writeString(rules, RULES.replace("acme_", "zeta_"));
            new ProcessBuilder("kill", "-HUP", Long.toString(program.process().pid()))
                    .start()
                    .waitFor();
            await().atMost(SOON).until(() -> program.errors().contains("going on with the changed configuration"));
            Files.writeString(sample.log(), "b zeta_abcdefgh\n", StandardOpenOption.APPEND);
            await().atMost(SOON).until(() -> Files.readString(sample.log()).contains("b *************"));
        }
    }
}
