package io.pickaroon.app.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check --explain} shows of real lines. */
class CheckExplainTest {
    private static final String CARD = "4111111111111111";
    private static final String KAFKA = """
        output:
          kafka:
            bootstrapServers: "localhost:1"
            onRefusedRecord: dead-letter
            deadLetter: { topic: logs-dead }
        """;

    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void writeLog() throws IOException {
        log = Files.writeString(directory.resolve("shop.log"), """
            {"ts":"2026-11-29T12:00:00.123Z","level":"error","order":"42","service":"a b","msg":"card %1$s"}
            {"level":"error","service":"pay","msg":"card %1$s"}
            {"level":"info","order":"43"}
            no JSON, "level":"error" card %1$s
            """.formatted(CARD));
    }

    private Path configure(String rules, String output) throws IOException {
        return configure("    parse: json\n", rules, output);
    }

    private Path configure(String input, String rules, String output) throws IOException {
        return Files.writeString(directory.resolve("pickaroon.yaml"), """
            checkpoint: { path: %1$s/checkpoint }
            inputs:
              - id: shop
                path: '%1$s/{app}.log'
                host: web1
            %2$srules:
            %3$s
            %4$s
            """.formatted(directory, input, rules, output));
    }

    private static final String ERRORS = """
          - id: errors
            match: { literal: '"level":"error"' }
            emit:
              topic: 'logs-{field.service}'
              key: '{field.order:none}'
              timestamp: { from: '{field.ts}', format: ISO_OFFSET_DATE_TIME }
              headers: [ host, id, { app: '{path.app}' } ]
              format: %s
          - id: cards
            match: { regex: '(?<pan>\\d{16})' }
            fix: { mask: "*", group: pan, when: %s }
        """;

    private static CommandRun explain(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "check";
        all[1] = "--explain";
        all[2] = "-c";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }

    @Test
    void showsWhatEachRuleWouldSendAndChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(log);
        FileTime modified = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
        Files.setLastModifiedTime(log, modified);
        Path file = configure(ERRORS.formatted("raw", "immediately"), KAFKA);

        CommandRun run = explain(file);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        String shown = run.output().substring(run.output().indexOf("rule errors:"));
        assertThat(shown.replaceAll("id=[0-9a-f-]+", "id=ID").replaceAll("\\d{4}-\\S+Z   \\(when", "NOW   (when"))
                .startsWith("""
                    rule errors:
                      %1$s:0 (input shop)
                        topic      logs-a_b   (each character that Kafka does not allow is '_')
                        key        42
                        timestamp  2026-11-29T12:00:00.123Z   (from the record)
                        headers    host=web1  id=ID  app=shop
                        value      {"ts":"2026-11-29T12:00:00.123Z","level":"error","order":"42","service":"a b","msg":"card ****************"}
                        changes    nothing
                      %1$s:109 (input shop)
                        topic      logs-pay
                        key        none
                        timestamp  NOW   (when it was read: the record has none)
                        headers    host=web1  id=ID  app=shop
                        value      {"level":"error","service":"pay","msg":"card ****************"}
                        changes    nothing
                      %1$s:203 (input shop)
                        note       does not parse: it has no fields of its own
                        refused    its topic has no value for {field.service}; value and headers go to the dead letters, topic logs-dead
                        topic      could not be made
                        key        none
                        timestamp  NOW   (when it was read: the record has none)
                        headers    host=web1  id=ID  app=shop
                        value      no JSON, "level":"error" card ****************
                        changes    nothing

                    rule cards:
                      %1$s:0 (input shop)
                        sent       nothing
                        changes    16 bytes at offset 90 masked with '*': '****************'
                    """.formatted(log));
        assertThat(run.output()).doesNotContain(CARD).doesNotContain(CARD.substring(0, 8));
        assertThat(log).hasBinaryContent(before);
        assertThat(Files.getLastModifiedTime(log)).isEqualTo(modified);
        assertThat(directory.resolve("checkpoint")).doesNotExist();
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(log, file);
        }
    }

    @Test
    void saysWhenAFixWouldBeMadeAndNeverShowsWhatItHides() throws IOException {
        for (String when : List.of("never", "rotated", "immediately")) {
            String emitting = """
                  - id: tokens
                    match: { regex: 'card (?<pan>\\d{16})' }
                    emit: { topic: 'tok-{group.pan}', key: '{group.pan}' }
                    fix: { mask: "*", group: pan, keepLast: 2, when: %s }
                """.formatted(when);
            CommandRun run = explain(configure("", emitting, KAFKA), "-m", 1);

            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(run.output())
                    .contains("topic      tok-______________11   (each", "key        **************11\n")
                    .contains(
                            switch (when) {
                                case "never" -> "changes    nothing, as 'when: never' says; what is sent is masked\n";
                                case "rotated" -> "changes    once the file is rotated: masked with '*'\n";
                                default -> "changes    14 bytes at offset 90 masked with '*': '**************'\n";
                            })
                    .containsOnlyOnce("    topic ");
            assertThat(run.output() + run.errors()).doesNotContain("41111");
        }
    }

    @Test
    void aRuleThatOnlyMasksLaterIsCounted() throws IOException {
        CommandRun run = explain(configure(ERRORS.formatted("json", "never"), KAFKA));

        assertThat(run.output()).contains("rule cards: matches 3 records, sends and changes nothing at once\n");
        assertThat(run.output()).contains("\"host\":\"web1\"").doesNotContain("41111");
    }

    @Test
    void replacementsShowBothAndAnOtherLengthIsSaid() throws IOException {
        CommandRun run = explain(configure("", """
              - { id: level, match: { literal: error }, emit: { topic: levels }, fix: { replace: fixed } }
              - { id: info, match: { regex: 'in?fo' }, emit: { topic: levels }, fix: { replace: xxx } }
            """, KAFKA), "-m", 1);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output())
                .contains("changes    5 bytes at offset 42 'error' becomes 'fixed'\n")
                .contains("changes    nothing: the replacement has another length");
    }

    @Test
    void otlpIsDecodedAndMasked() throws IOException {
        CommandRun run = explain(configure(ERRORS.formatted("otlp", "never"), KAFKA), "-m", 1);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output())
                .containsPattern(
                        "value      resource_logs \\{ resource \\{ attributes \\{ key: \"host.name\" .*\\(OTLP, \\d+"
                                + " bytes\\)")
                .contains("time_unix_nano: 1795953600123000000")
                .doesNotContain("41111");
    }

    @Test
    void aLineOfAFileHasAllOfIt() throws IOException {
        CommandRun run = explain(
                configure(ERRORS.formatted("raw", "never"), "output: { file: { path: " + directory + "/out.ndjson } }"),
                "-m",
                9);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output())
                .contains(
                        "line       {",
                        "refused    its topic has no value for {field.service}; the line has what could be made")
                .doesNotContain("41111");
        assertThat(directory.resolve("out.ndjson")).doesNotExist();
    }

    @Test
    void saysWhatMatchesNothing() throws IOException {
        CommandRun run =
                explain(configure("  - { id: none, match: { literal: NOWHERE }, emit: { topic: some } }", KAFKA));

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).contains("rule none: matches nothing in this sample\n");
    }

    @Test
    void readsStandardInputAsTheInputsDo() throws IOException {
        Path file = configure("    multiline: { start: '^\\S' }\n", """
              - { id: traces, match: { literal: Exception }, emit: { topic: traces, key: '{file}@{offset}' } }
            """, KAFKA);

        CommandRun run = CommandRun.withInput(
                new ByteArrayInputStream("one\nException\n  at a\n  at b\ntwo\n".getBytes(UTF_8)),
                "check",
                "--explain",
                "--sample",
                "-",
                "-c",
                file);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output())
                .contains("(standard input) is no file of an input: it is read as each of them reads its files\n")
                .contains("  (standard input):4 (input shop)\n")
                .contains("value      Exception\\x0a  at a\\x0a  at b\n");
    }

    @Test
    void aSampleIsReadByTheInputWhosePatternsMatchOrElseByAll() throws IOException {
        Path file = configure("""
            - { id: all, match: { literal: error }, emit: { topic: seen, key: '{path.app:nobody}' } }
            """.indent(2), KAFKA);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("rules:", "  - { id: other, include: [ " + directory + "/*.txt ] }\nrules:"));
        Path elsewhere = Files.writeString(directory.resolve("sample.dat"), "an error\n");
        Path later = Files.writeString(directory.resolve("later.log"), "an error\n");

        CommandRun foreign = explain(file, "--sample", elsewhere);
        assertThat(foreign.output())
                .contains(
                        elsewhere + " is no file of an input",
                        ":0 (input shop)",
                        ":0 (input other)",
                        "key        nobody");
        CommandRun owned = explain(file, "--sample", later);
        assertThat(owned.exitCode()).isZero();
        assertThat(owned.output())
                .contains(":0 (input shop)", "key        later")
                .doesNotContain("is no file of an input", "(input other)");
        assertThat(owned.output()).doesNotContain(log + ":");
    }

    @Test
    void aSampleThatCannotBeReadIsAFailure() throws IOException {
        Path file = configure(ERRORS.formatted("raw", "never"), KAFKA);

        CommandRun missing = explain(file, "--sample", directory.resolve("missing.log"));
        CommandRun aDirectory = explain(file, "--sample", directory);

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.errors()).isEqualTo("pickaroon: " + directory + "/missing.log: no such file or directory\n");
        assertThat(aDirectory.exitCode()).isEqualTo(1);
        assertThat(aDirectory.errors()).contains(directory.toString());
    }

    @Test
    void archivesAreReadAndNeverChanged() throws IOException {
        Path archive = directory.resolve("old.log.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
            gzip.write("an error\n".getBytes(UTF_8));
        }
        CommandRun run = explain(
                configure(
                        "",
                        "  - { id: e, match: { literal: error }, emit: { topic: seen }, fix: { replace: fixed } }",
                        KAFKA),
                "--sample",
                archive);

        assertThat(run.output())
                .contains(
                        "  " + archive + ":0 (input shop)\n", "changes    nothing: what is decoded is never changed\n");
    }

    @Test
    void nothingCommandsATerminal() throws IOException {
        Files.write(log, "error \u001b[2J\u0007 \u00ff \u009b1m\n".getBytes(ISO_8859_1));
        Files.writeString(directory.resolve("long.log"), "error \u009b \u202e" + "\u00e9".repeat(5000) + "\n");
        Path file = configure("", """
              - { id: e, match: { regex: '(?<all>error.*)' }, emit: { topic: seen, key: '{group.all}', headers: [ { h: '{group.all}' } ] } }
            """, KAFKA);
        for (Object[] options : new Object[][] {{file}, {file, "--json"}}) {
            CommandRun run = explain(options);

            assertThat(run.output().codePoints().filter(c -> c != '\n' && Character.isISOControl(c)))
                    .isEmpty();
        }
        assertThat(explain(file).output())
                .contains("value      error \\x1b[2J\\x07 \\xff \\x9b1m   (not UTF-8, 17 bytes)\n")
                .contains("... (10,012 bytes)")
                .contains("refused    its key has more than 1024 bytes");
    }

    @Test
    void forProgramsEachRecordIsAnObject() throws IOException {
        Path file = configure(
                ERRORS.formatted("raw", "immediately")
                        + "  - { id: none, match: { literal: NOWHERE }, emit: { topic: some } }",
                KAFKA);

        CommandRun run = explain(file, "--json", "-m", 1);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        List<String> objects = run.output().lines().toList();
        assertThat(objects).hasSize(3);
        assertThat(objects.getFirst())
                .startsWith(
                        "{\"rule\":\"errors\",\"input\":\"shop\",\"file\":\"" + log
                                + "\",\"offset\":0,\"topic\":\"logs-a_b\","
                                + "\"key\":\"42\",\"timestamp\":\"2026-11-29T12:00:00.123Z\",\"timestampFrom\":\"event\",\"headers\":[")
                .contains(
                        "{\"name\":\"app\",\"value\":\"shop\"}],\"value\":\"{",
                        "card ****************\\\"}\",\"changes\":[]");
        assertThat(objects.get(1)).contains("\"changes\":[\"16 bytes at offset 90 masked");
        assertThat(objects.get(2)).isEqualTo("{\"rule\":\"none\",\"matchedRecords\":0,\"sampledOutMatches\":0}");
        assertThat(run.output()).doesNotContain("41111");
    }

    @Test
    void optionsOfAnExplanationNeedIt() throws IOException {
        Path file = configure(ERRORS.formatted("raw", "never"), KAFKA);

        for (Object[] useless : new Object[][] {{"--sample", log}, {"-m", "2"}, {"--json"}}) {
            Object[] words = new Object[useless.length + 3];
            System.arraycopy(new Object[] {"check", "-c", file}, 0, words, 0, 3);
            System.arraycopy(useless, 0, words, 3, useless.length);
            CommandRun run = CommandRun.of(words);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).contains(useless[0] + " needs --explain");
        }
        assertThat(explain(file, "-m", 0).exitCode()).isEqualTo(2);
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "inputs: 3\n");
        assertThat(explain(wrong).exitCode()).isEqualTo(2);
    }
}
