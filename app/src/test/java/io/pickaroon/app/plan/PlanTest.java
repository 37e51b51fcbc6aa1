package io.pickaroon.app.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.figures.FileInRun;
import io.pickaroon.app.figures.RecordedRun;
import io.pickaroon.app.figures.RecordedRunReader;
import io.pickaroon.app.figures.RuleInFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what the run that follows does, changes nothing, and a comparison finds what was not as planned. */
@Timeout(300)
class PlanTest {
    @TempDir
    private Path directory;

    private PlannedLogs logs;
    private Path plan;
    private Path ledger;

    @BeforeEach
    void write() throws IOException {
        logs = new PlannedLogs(directory);
        plan = directory.resolve("plan.json");
        ledger = directory.resolve("ledger.json");
    }

    @Test
    void everyFigureIsThatOfTheRunThatFollowsAndOfTheNextOne() throws IOException {
        assertThat(planAndRun()).contains("no difference: ", " figures of 3 files are as planned");
        assertThat(logs.log).content(UTF_8).doesNotContain("ERROR", "4111", "abc123", "bob");

        Files.writeString(logs.log, "ERROR four\nERROR INFO\n", StandardOpenOption.APPEND);
        assertThat(planAndRun()).contains("no difference: ", " figures of 1 file are as planned");
        assertThat(planAndRun()).contains("no difference: ", " figures of 0 files are as planned");
    }

    @Test
    void aPlanOfARunFromTheBeginningIsKept() throws IOException {
        planAndRun();

        assertThat(planAndRun("--from-beginning")).contains("no difference: ");
    }

    private String planAndRun(String... options) throws IOException {
        CommandRun planned = plan(options);
        assertThat(planned.exitCode()).as(planned.errors()).isZero();
        CommandRun run = CommandRun.of(Stream.concat(
                        Stream.of("run", "-c", logs.configuration, "--once", "-q", "--ledger", ledger),
                        Arrays.stream(options))
                .toArray());
        assertThat(run.exitCode()).as(run.errors()).isZero();
        CommandRun compared = compare();
        assertThat(compared.exitCode()).as(compared.output()).isZero();
        return compared.output();
    }

    @Test
    void saysForEachFileAndRuleWhatWouldBeDoneAndWhatIsLeftAloneForWhichReason() throws IOException {
        plan();

        RecordedRun run = RecordedRunReader.read(plan);
        FileInRun file = file(run, logs.log);
        assertThat(file.start()).isZero();
        assertThat(file.end()).isEqualTo(Files.size(logs.log));
        assertThat(file.figure("records")).isEqualTo(600);
        assertThat(figures(file))
                .containsEntry("errors", Map.of("matchedRecords", 300L, "emittedMatches", 300L, "fixes", 300L))
                .containsEntry("secrets", Map.of("matchedRecords", 300L, "emittedMatches", 300L, "fixes", 600L))
                .containsEntry("tokens", Map.of("matchedRecords", 300L, "fixes", 300L))
                .containsEntry("longer", Map.of("matchedRecords", 300L, "fixesLeftAlone.other_length", 300L));
        assertThat(figures(file(run, logs.other)))
                .containsEntry("infos", Map.of("matchedRecords", 1L, "emittedMatches", 1L))
                .containsEntry("late", Map.of("matchedRecords", 1L, "fixesLeftAlone.overlapping", 1L));
    }

    @Test
    void whatEachDetectorFoundIsTold() throws IOException {
        String text = plan().output();

        assertThat(text.lines())
                .contains("rule secrets, by detector: card 302 records, 301 changes; email 300 records, 300 changes");
        assertThat(Files.readString(plan).replaceAll("\\s+", ""))
                .contains(
                        "{\"detector\":\"card\",\"records\":300,\"changes\":300},{\"detector\":\"email\",\"records\":300,"
                            + "\"changes\":300}");
    }

    @Test
    void whatAnEarlierRuleChangesIsNoChangeOfALaterOnesDetector() throws IOException {
        Files.writeString(
                logs.configuration,
                Files.readString(logs.configuration)
                        .replace(
                                "  - id: secrets",
                                "  - { id: cards, match: { detect: card }, fix: {} }\n  - id: secrets"));

        assertThat(plan().output().lines())
                .contains(
                        "rule cards, by detector: card 301 records, 301 changes",
                        "rule secrets, by detector: card 302 records; email 300 records, 300 changes");
    }

    @Test
    void figuresOfFilesAndRulesAddUpToThoseOfAll() throws IOException {
        plan();

        RecordedRun run = RecordedRunReader.read(plan);
        for (String figure : run.files().getFirst().figures().keySet()) {
            assertThat(run.files().stream()
                            .mapToLong(file -> file.figure(figure))
                            .sum())
                    .as(figure)
                    .isEqualTo(run.figures().get(figure));
        }
        for (FileInRun file : run.files()) {
            for (String figure : List.of("emittedMatches", "fixes")) {
                assertThat(file.rules().stream()
                                .mapToLong(rule -> rule.figure(figure))
                                .sum())
                        .as(figure)
                        .isEqualTo(file.figure(figure));
            }
        }
    }

    @Test
    void theFirstRecordsOfARuleThatOnlySendsAreShown() throws IOException {
        Files.writeString(logs.other, "INFO one " + PlannedLogs.CARD + "\nINFO two\nINFO three\nINFO four\n");

        assertThat(plan().output())
                .contains(
                        "rule infos: 4 records to topic t-infos\n",
                        logs.other + ":0\n  INFO one card=************1111\n",
                        "  INFO three\n")
                .doesNotContain("INFO four");
    }

    @Test
    void itsTextSaysHowLongReadingTakesAndWhichCopiesStay() throws IOException {
        String text = plan().output();

        assertThat(text)
                .startsWith("plan of " + logs.configuration + ": nothing is sent or changed")
                .contains(
                        "For reading a run takes about 0:0",
                        "is not known",
                        logs.archive + ": a compressed copy, which is never changed; of " + logs.log);
    }

    @Test
    void noSecretIsInWhatItWrites() throws IOException {
        Path html = directory.resolve("plan.html");
        CommandRun run = plan("--html", html.toString());

        assertThat(run.output() + Files.readString(plan) + Files.readString(html))
                .contains("************1111")
                .doesNotContain("4111111111111111", "abc123", "bob@");
    }

    @Test
    void changesNothingButTheFilesThatItIsToWrite() throws IOException {
        List<String> before = everything();

        plan();

        assertThat(everything()).containsAll(before).hasSize(before.size() + 1);
        assertThat(logs.checkpoint.getParent()).doesNotExist();
    }

    @Test
    void whatWasNotAsPlannedIsSaid() throws IOException {
        plan();
        Files.writeString(logs.log, "ERROR four\n", StandardOpenOption.APPEND);
        Path added = Files.writeString(directory.resolve("logs/c.log"), "INFO\n");
        Files.delete(logs.other);
        logs.configure("maxRecordBytes: 1000");
        CommandRun.of("run", "-c", logs.configuration, "--once", "-q", "--ledger", ledger);

        CommandRun compared = compare();

        assertThat(compared.exitCode()).isEqualTo(1);
        assertThat(compared.output().lines())
                .contains(
                        "configuration: %s was planned, %1$s has run: they do not say the same"
                                .formatted(logs.configuration),
                        logs.log
                                + ": end: %d planned, %d done"
                                        .formatted(Files.size(logs.log) - 11, Files.size(logs.log)),
                        logs.log + ", rule errors: fixes: 300 planned, 301 done",
                        logs.log + ": records: 600 planned, 601 done",
                        added + ": was read, and is not in the plan",
                        logs.other + ": is in the plan, and was not read")
                .anyMatch(line -> line.matches("\\d+ differences"))
                .last()
                .asString()
                .matches("plan of 20.*Z, ledger of 20.*Z");
    }

    @Test
    void aFileThatCannotBeFixedIsForeseen() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "ERROR elsewhere\n");
        Files.createSymbolicLink(directory.resolve("logs/link.log"), elsewhere);

        assertThat(plan().exitCode()).isEqualTo(1);

        assertThat(RecordedRunReader.read(plan).problems())
                .extracting(RecordedRun.Problem::message)
                .anyMatch(message -> message.contains("is no file of an input with fixes"));
        CommandRun.of("run", "-c", logs.configuration, "--once", "-q", "--ledger", ledger);
        assertThat(compare().exitCode()).as(compare().output()).isZero();
    }

    private CommandRun plan(String... options) {
        return CommandRun.of(
                Stream.concat(Stream.of("plan", "-c", logs.configuration, "--json", plan), Arrays.stream(options))
                        .toArray());
    }

    private CommandRun compare() {
        return CommandRun.of("plan", "--compare", plan, ledger);
    }

    private static FileInRun file(RecordedRun run, Path path) {
        return run.files().stream()
                .filter(file -> file.place().path().equals(path.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Map<String, Long>> figures(FileInRun file) {
        return file.rules().stream().collect(Collectors.toMap(RuleInFile::id, RuleInFile::figures));
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(PlanTest::state)
                    .toList();
        }
    }

    private static String state(Path file) {
        try {
            return file + " " + Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
