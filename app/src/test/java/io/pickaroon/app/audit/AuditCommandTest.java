package io.pickaroon.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    Path directory;

    private Path trail() {
        return directory.resolve("audit.ndjson");
    }

    private Path checkpoint() {
        return directory.resolve("state/checkpoint");
    }

    private Path log(String text) throws IOException {
        return Files.writeString(directory.resolve("a.log"), text);
    }

    /** Masks the cards of a log, to its end. */
    private CommandRun run(String audit) throws IOException {
        return run(audit, ".log");
    }

    private CommandRun run(String audit, String endOfNames) throws IOException {
        Path file = Files.writeString(
                directory.resolve("c.yaml"), """
                    checkpoint: { path: "%s" }
                    %s
                    inputs: [ { id: app, include: [ "%s/*%s" ] } ]
                    rules:
                      - id: cards
                        match: { detect: card }
                        fix: {}
                    output: { console: {} }
                    """.formatted(checkpoint(), audit, directory, endOfNames));
        return CommandRun.of("run", "-c", file, "--once");
    }

    private String audit() {
        return "audit: { file: \"" + trail() + "\" }";
    }

    private void runWithCards() throws IOException {
        log("pay 4111-1111-1111-1111 ok\nno match\npay 5500005555555559 ok\n");
        CommandRun run = run(audit());
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    private CommandRun verify(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("audit", "verify", trail()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    @Test
    void aTrailOfARunIsSoundAndEndsWhereTheCheckpointSays() throws IOException {
        runWithCards();

        CommandRun verify = verify("--checkpoint", checkpoint());

        assertThat(verify.exitCode()).as(verify.errors()).isZero();
        assertThat(verify.output()).contains("sound; 4 lines in 1 file,", "where the checkpoint says");
    }

    @Test
    void aDigitThatIsChangedIsFound() throws IOException {
        runWithCards();
        String text = Files.readString(trail());
        Files.writeString(trail(), text.replaceFirst("\"length\":4", "\"length\":5"));

        CommandRun verify = verify();

        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.errors()).contains("a line that does not follow the one before it at offset");
    }

    @Test
    void aLineThatIsRemovedIsFoundWhereverItStood() throws IOException {
        runWithCards();
        List<String> lines = Files.readAllLines(trail());
        Files.write(trail(), List.of(lines.get(0), lines.get(2), lines.get(3)));
        assertThat(verify().exitCode()).isEqualTo(1);

        Files.write(trail(), lines.subList(0, 3));
        assertThat(verify().exitCode()).isZero();
        CommandRun withCheckpoint = verify("--checkpoint", checkpoint());
        assertThat(withCheckpoint.exitCode()).isEqualTo(1);
        assertThat(withCheckpoint.errors()).contains("was shortened, replaced or changed");

        Files.write(trail(), lines.subList(1, 4));
        assertThat(verify().errors()).contains("follows one that is not here");
    }

    @Test
    void aLineThatIsThereTwiceIsFound() throws IOException {
        runWithCards();
        List<String> lines = new ArrayList<>(Files.readAllLines(trail()));
        String first = lines.getFirst();
        Files.writeString(trail(), first + "\n" + chained(first, first) + "\n");

        CommandRun verify = verify();

        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.errors()).contains("is there twice, or out of order");
    }

    /** A line with the hash of another one before it, as somebody writes who knows how. */
    private static String chained(String line, String before) {
        String hash = io.pickaroon.processor.audit.ChainHash.of(java.util.Optional.empty())
                .of(before.getBytes(StandardCharsets.UTF_8), 0, before.getBytes(StandardCharsets.UTF_8).length);
        return line.replaceFirst("\"prev\":\"[0-9a-f]{64}\"", "\"prev\":\"" + hash + "\"");
    }

    @Test
    void aTrailWithAKeyNeedsIt() throws IOException {
        log("pay 4111-1111-1111-1111 ok\n");
        CommandRun run = run("audit: { file: \"%s\", key: %s }".formatted(trail(), KEY));
        assertThat(run.exitCode()).as(run.errors()).isZero();
        Path key = Files.writeString(directory.resolve("key"), KEY + "\n");

        assertThat(verify("--key-file", key, "--checkpoint", checkpoint()).exitCode())
                .isZero();
        assertThat(verify().exitCode()).isEqualTo(1);
    }

    @Test
    void aTrailThatIsGoneEndsTheNextRunWithItsRemedy() throws IOException {
        runWithCards();
        Files.delete(trail());

        CommandRun run = run(audit());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("the audit trail is gone", "name another file in 'audit.file'");
        assertThat(verify().exitCode()).isEqualTo(2);
    }

    @Test
    void aTrailIsNoLog() throws IOException {
        runWithCards();
        CommandRun run = run(audit(), ".ndjson");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains(trail() + ": is the output and a file of input app");
    }

    @Test
    void aReportSumsItUpByRuleDetectorFileAndDay() throws IOException {
        runWithCards();
        Path html = directory.resolve("report.html");

        CommandRun report = CommandRun.of("audit", "report", trail(), "--html", html);
        Path rotated = Path.of(trail() + ".1");
        List<String> lines = Files.readAllLines(trail());
        Files.write(rotated, lines.subList(0, 1));
        Files.write(trail(), lines.subList(1, lines.size()));
        CommandRun twice = CommandRun.of(
                "audit", "report", rotated, trail(), trail(), directory.resolve("./" + trail().getFileName()));

        assertThat(twice.exitCode()).as(twice.errors()).isZero();
        assertThat(twice.output()).contains("changes 4, bytes 24,");
        assertThat(report.exitCode()).as(report.errors()).isZero();
        assertThat(report.output())
                .contains("changes 4, bytes 24, left readable 11, not made 0, left alone 0")
                .containsPattern("cards +4 +24 +11 +0 +0")
                .containsPattern("card +4 +24 +11 +0 +0")
                .containsPattern("a.log +4 +24 +11 +0 +0");
        assertThat(Files.readString(html))
                .contains(
                        "<bdi>cards</bdi></th><td data-label=\"changes\">4</td><td data-label=\"bytes\">24</td>"
                                + "<td data-label=\"left readable\">11</td>",
                        "<svg",
                        "prefers-color-scheme:dark")
                .doesNotContain("<script", "http:", "https:", "src=");
    }

    @Test
    void aFixByHandHasATrailOfItsOwnThatOthersGoOnWith() throws IOException {
        Path one = log("ERROR one\n");
        Path two = Files.writeString(directory.resolve("b.log"), "an ERROR\nERROR ERRORS\n");

        CommandRun fix = CommandRun.of(
                "fix",
                one,
                two,
                "-F",
                "ERROR",
                "--replace",
                "FIXED",
                "--audit",
                trail(),
                "--state",
                directory.resolve("fix"));
        assertThat(fix.exitCode()).as(fix.errors()).isZero();
        assertThat(Files.readAllLines(trail())).hasSize(4);
        assertThat(verify().exitCode()).isZero();

        CommandRun again = CommandRun.of(
                "fix",
                two,
                "-F",
                "FIXED",
                "--replace",
                "ERROR",
                "--audit",
                trail(),
                "--state",
                directory.resolve("fix"));
        assertThat(again.exitCode()).as(again.errors()).isZero();
        assertThat(Files.readAllLines(trail())).hasSize(7);
        assertThat(verify().exitCode()).isZero();
    }
}
