package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.SampleConfiguration;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.connectors.broker.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunCommandTest {
    @TempDir
    private Path directory;

    private SampleConfiguration sample;

    @BeforeEach
    void writeLog() throws IOException {
        sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "INFO one\nERROR two\r\nERROR three\n");
    }

    @Test
    void deliversOnceAndGoesOnWhereItStopped() throws IOException {
        Path file = sample.write(SampleConfiguration.CONSOLE);

        assertThat(CommandRun.of("run", "-c", file, "--once").output()).isEqualTo("ERROR two\nERROR three\n");
        Files.writeString(sample.log(), "ERROR four\n", StandardOpenOption.APPEND);
        assertThat(CommandRun.of("run", "-c", file, "--once").output()).isEqualTo("ERROR four\n");
        assertThat(CommandRun.of("run", "-c", file, "--once").output()).isEmpty();
    }

    @Test
    void aRunThatFindsNothingNewSaysSinceWhenAndHowToReadAgain() throws IOException {
        Path file = sample.write(SampleConfiguration.CONSOLE);
        assertThat(CommandRun.of("run", "-c", file, "--once").errors()).doesNotContain("nothing new");
        Path edited = sample.write(SampleConfiguration.CONSOLE, "{ literal: INFO }", "");

        for (int i = 0; i < 2; i++) {
            CommandRun again = CommandRun.of("run", "-c", edited, "--once");
            assertThat(again.exitCode()).isZero();
            assertThat(again.output()).isEmpty();
            assertThat(again.errors())
                    .containsPattern(
                            "INFO nothing new since 2\\d\\d\\d-[-0-9]+T[:0-9]+Z, by when 32 B had been read; to read"
                                    + " all of it again, and send again what matches, add --from-beginning; to choose"
                                    + " files: pickaroon checkpoint reset " + sample.checkpoint() + " --file GLOB");
        }
        CommandRun fromBeginning = CommandRun.of("run", "-c", edited, "--once", "--from-beginning");
        assertThat(fromBeginning.output()).isEqualTo("INFO one\n");
        assertThat(fromBeginning.errors()).doesNotContain("nothing new");

        Files.writeString(sample.log(), "INFO two\n", StandardOpenOption.APPEND);
        assertThat(CommandRun.of("run", "-c", edited, "--once").errors()).doesNotContain("nothing new");
    }

    @Test
    void theLedgerAccountsForEveryByte() throws IOException {
        CommandRun run = CommandRun.of("run", "-c", sample.write(SampleConfiguration.CONSOLE), "--once");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("matched 2 23", "unmatched 1 9", "all 3 32")
                .anyMatch(line -> line.startsWith("2 matches emitted, 0 dead-lettered"));
    }

    @Test
    void theLedgerSaysWhatWasFixedAndWhyTheRestWasNot() throws IOException {
        Files.writeString(sample.log(), "code=12 code=345\nERROR code=678\n");
        Path file = sample.write(
                SampleConfiguration.CONSOLE,
                "{ regex: 'code=(?<n>[0-9]+)' }",
                "    fix: { replace: '000', group: n, protectHead: 30 }");
        CommandRun run = CommandRun.of("run", "-c", file, "--once");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(sample.log()).hasContent("code=12 code=345\nERROR code=678\n");
        assertThat(run.errors().lines())
                .contains(
                        "0 fixes, 0 bytes",
                        "  left alone: 1 of another length than the replacement",
                        "  left alone: 2 in the protected head of the file");
    }

    @Test
    void quietSaysNothingWhenAllIsWell() throws IOException {
        assertThat(CommandRun.of("run", "-c", sample.write(SampleConfiguration.CONSOLE), "--once", "-q")
                        .errors())
                .isEmpty();
    }

    @Test
    void writesJsonLinesToAFile() throws IOException {
        Path target = directory.resolve("matches.ndjson");
        CommandRun run = CommandRun.of(
                "run", "-c", sample.write("output: { file: { path: '%s' } }".formatted(target)), "--once");

        assertThat(run.exitCode()).isZero();
        assertThat(Files.readAllLines(target))
                .hasSize(2)
                .allMatch(line -> line.contains("\"errors\"") && line.contains("app-errors"));
    }

    @Test
    void anOutputThatIsAlsoAnInputIsRefused() throws IOException {
        Path target = Files.createFile(directory.resolve("matches.log"));
        CommandRun run = CommandRun.of(
                "run", "-c", sample.write("output: { file: { path: '%s' } }".formatted(target)), "--once");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("matches.log: is the output and a file of input app");
    }

    @Test
    void whatThisVersionCannotDoIsRefusedBeforeAnythingIsRead() throws IOException {
        Path file = sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", "    fix: { mask: '*' }");
        Files.writeString(file, Files.readString(file).replaceFirst("checkpoint:.*\n", ""));

        CommandRun run = CommandRun.of("run", "-c", file, "--once");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).startsWith(file + ":8:5: error: a fix needs a checkpoint");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void theConsoleShowsInJsonWhatAFileGets() throws IOException {
        String json = "  - { id: json, match: { literal: WARN }, emit: { topic: t, key: 'k-{offset}',"
                + " headers: [ rule ], format: json } }";
        Files.writeString(sample.log(), "ERROR one\nWARN two\n");
        CommandRun console = CommandRun.of(
                "run", "-c", sample.write(SampleConfiguration.CONSOLE, "{ literal: ERROR }", json), "--once");

        assertThat(console.exitCode()).as(console.errors()).isZero();
        Path lines = directory.resolve("lines.ndjson");
        CommandRun file = CommandRun.of(
                "run",
                "-c",
                sample.write("output: { file: { path: '%s' } }".formatted(lines), "{ literal: ERROR }", json),
                "--once",
                "--from-beginning");
        assertThat(file.exitCode()).as(file.errors()).isZero();
        assertThat(console.output().lines()).hasSize(2).first().isEqualTo("ERROR one");
        assertThat(console.output().lines().skip(1).map(RunCommandTest::withoutTime))
                .containsExactly(withoutTime(Files.readAllLines(lines).getLast()))
                .first()
                .asString()
                .contains(
                        "\"record\":\"WARN two\"", "\"topic\":\"t\",\"key\":\"k-10\",\"headers\":{\"rule\":\"json\"}");
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("\"time\":\"[^\"]*\"", "");
    }

    @Test
    void fixesThatWaitForTheRotationAreSaidAndMadeAfterIt() throws IOException {
        Path file = sample.write(
                SampleConfiguration.CONSOLE, "{ literal: ERROR }", "    fix: { replace: FIXED, when: rotated }");
        String before = Files.readString(sample.log());

        CommandRun first = CommandRun.of("run", "-c", file, "--once");

        assertThat(first.exitCode()).as(first.errors()).isZero();
        assertThat(first.errors()).contains("wait until their files are rotated");
        assertThat(sample.log()).hasContent(before);
        assertThat(CommandRun.of("checkpoint", "show", sample.checkpoint()).output())
                .contains("FIXED UP TO");

        Path rotated = Files.move(sample.log(), directory.resolve("app.log.1"));
        CommandRun second = CommandRun.of("run", "-c", file, "--once");

        assertThat(second.exitCode()).as(second.errors()).isZero();
        assertThat(second.output()).isEmpty();
        assertThat(rotated).hasContent(before.replace("ERROR", "FIXED"));
    }

    @Test
    void aDamagedCheckpointIsNeverASilentStartAtTheBeginning() throws IOException {
        Files.writeString(sample.checkpoint(), "this is no checkpoint");

        CommandRun run = CommandRun.of("run", "-c", sample.write(SampleConfiguration.CONSOLE), "--once");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("cannot be trusted");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void devSendsToABrokerWhoseTopicsStay() throws IOException {
        Path file = sample.write("output: { kafka: { bootstrapServers: 'broker.invalid:9092' } }");
        Path data = directory.resolve("broker");

        CommandRun run = CommandRun.of("run", "-c", file, "--once", "--dev", "--dev-data", data);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.errors()).contains("dev-broker at 127.0.0.1:", "pickaroon dev-broker --data " + data);
        List<String> received = new ArrayList<>();
        try (LocalBroker broker = LocalBroker.start(CommandRun.installation(), 0, data)) {
            new TopicReader(broker.bootstrapServers(), Map.of())
                    .readAll(
                            List.of("app-errors"),
                            Duration.ofSeconds(30),
                            record -> received.add(offsetIn(record.headers().get("id")) + " "
                                    + new String(record.value(), StandardCharsets.UTF_8)));
        }
        assertThat(received).containsExactly("9 ERROR two", "20 ERROR three");
    }

    /** The middle part of an id. */
    private static long offsetIn(String id) {
        return Long.parseLong(id.split("-")[1], 16);
    }
}
