package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.broker.LocalBroker;
import io.pickaroon.connectors.broker.TopicReader;
import io.pickaroon.processor.RunState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dry run says what the run that follows does, and changes nothing. */
@Timeout(300)
class DryRunTest {
    private static final String CARD = "card=4111111111111111";

    @TempDir
    private Path directory;

    private Path log;
    private Path other;
    private Path checkpoint;
    private Path configuration;
    /** What stood in the topics after the latest run. */
    private Map<String, Long> sent = Map.of();

    @BeforeEach
    void write() throws IOException {
        Path logs = Files.createDirectories(directory.resolve("logs"));
        log = Files.writeString(logs.resolve("a.log"), ("ERROR one " + CARD + "\nfine token=abc123\n").repeat(300));
        other = Files.writeString(logs.resolve("b.log"), "INFO\r\nERROR two\r\n" + CARD + " ERROR ERROR end");
        try (OutputStream archive = new GZIPOutputStream(Files.newOutputStream(logs.resolve("c.log.1.gz")))) {
            archive.write(("ERROR in an archive " + CARD + "\n").getBytes(UTF_8));
        }
        checkpoint = directory.resolve("state/checkpoint");
        configuration = configure("");
    }

    private Path configure(String input) throws IOException {
        return configure(input, "");
    }

    private Path configure(String input, String fix) throws IOException {
        return Files.writeString(
                directory.resolve("dry.yaml"), """
                    checkpoint: { path: "%s" }
                    inputs:
                      - id: app
                        include: [ "%s/*.log", "%2$s/*.log.1", "%2$s/*.gz" ]
                        %s
                    rules:
                      - { id: errors, match: { literal: ERROR }, emit: { topic: t-errors }, fix: { replace: FIXED %s } }
                      - { id: infos, match: { literal: INFO }, emit: { topic: t-infos } }
                      - id: cards
                        match: { regex: 'card=(?<pan>\\d+)' }
                        emit: { topic: t-cards }
                        fix: { mask: "*", group: pan, keepLast: 4 }
                      - { id: tokens, match: { regex: 'token=(?<t>\\w+)' }, fix: { mask: x, group: t } }
                    output: { kafka: { bootstrapServers: "broker.invalid:9092" } }
                    """.formatted(checkpoint, directory.resolve("logs"), input, fix));
    }

    @Test
    void itsFiguresAreThoseOfTheRunThatFollowsAndOfTheNextOne() throws IOException {
        Map<String, List<Long>> first = dryFiguresThatHold();
        assertThat(first)
                .containsEntry("errors", List.of(303L, 303L))
                .containsEntry("infos", List.of(1L, 0L))
                .containsEntry("cards", List.of(302L, 301L))
                .containsEntry("tokens", List.of(0L, 300L));
        assertThat(sent).isEqualTo(Map.of("t-errors", 303L, "t-infos", 1L, "t-cards", 302L));
        assertThat(log).content(UTF_8).doesNotContain("ERROR", CARD, "abc123");

        Files.writeString(log, "ERROR four\nERROR INFO\n", StandardOpenOption.APPEND);
        assertThat(dryFiguresThatHold())
                .containsEntry("errors", List.of(2L, 2L))
                .containsEntry("infos", List.of(1L, 0L))
                .containsEntry("cards", List.of(0L, 0L));
        assertThat(sent).isEqualTo(Map.of("t-errors", 305L, "t-infos", 2L, "t-cards", 302L));
        assertThat(dryFiguresThatHold().values()).allMatch(figures -> figures.equals(List.of(0L, 0L)));
    }

    /** The figures of a dry run, sent and changed by rule, after a run has had the same. */
    private Map<String, List<Long>> dryFiguresThatHold() throws IOException {
        Map<String, Long> sentBefore = sent;
        Map<Path, byte[]> logsBefore = logs();
        CommandRun dry = dryRun("--once");
        assertThat(dry.exitCode()).as(dry.errors()).isZero();

        CommandRun run =
                CommandRun.of("run", "-c", configuration, "--once", "--dev", "--dev-data", directory.resolve("kafka"));

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(DryRunReport.ledger(dry.output())).isNotEmpty().isEqualTo(DryRunReport.ledger(run.errors()));
        Map<String, List<Long>> figures = DryRunReport.figures(dry.output());
        sent = topics();
        figures.forEach((rule, figure) -> assertThat(figure.getFirst())
                .as(rule)
                .isEqualTo(sent.getOrDefault("t-" + rule, 0L) - sentBefore.getOrDefault("t-" + rule, 0L)));
        long changed = figures.values().stream().mapToLong(List::getLast).sum();
        assertThat(changed > 0).isEqualTo(!same(logsBefore, logs()));
        return figures;
    }

    @Test
    void itChangesNoByteAndMakesNoFile() throws IOException {
        CommandRun dry = dryRun();

        assertThat(dry.exitCode()).as(dry.errors()).isZero();
        assertThat(checkpoint.getParent()).doesNotExist();
        CommandRun run = CommandRun.of(
                "run", "-c", configuration, "--once", "-q", "--dev", "--dev-data", directory.resolve("kafka"));
        assertThat(run.exitCode()).as(run.errors()).isZero();
        Files.writeString(log, "ERROR more\n", StandardOpenOption.APPEND);
        assertThat(dryRun("--once", "--from-beginning").output()).contains("as --from-beginning says");
    }

    @Test
    void saysWhatWouldHappenWhereAndShowsNoSecret() throws IOException {
        String text = dryRun("--once").output();

        assertThat(text.lines())
                .contains(
                        "rule errors: 303 records to topic t-errors, 303 changes in place",
                        "  " + log + ": 300 records, 300 changes in place",
                        "  " + other + ": 2 records, 3 changes in place",
                        log + ":0",
                        "- ERROR one card=************1111",
                        "+ FIXED one card=************1111",
                        "rule tokens: 300 changes in place",
                        "+ xxxxxx")
                .noneMatch(line -> line.contains(CARD) || line.contains("abc123"));
    }

    @Test
    void aFileBehindALinkIsAFailureAsInTheRun() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "ERROR elsewhere\n");
        Path link = Files.createSymbolicLink(log.resolveSibling("link.log"), elsewhere);

        CommandRun dry = dryRun("--once");

        assertThat(dry.exitCode()).isEqualTo(1);
        assertThat(dry.errors()).contains(elsewhere + ": is no file of an input with fixes");
        assertThat(dry.output()).doesNotContain(link.toString());
    }

    @Test
    void fixesThatWaitedForTheRotationAreForeseen() throws IOException {
        configuration = configure("", ", when: rotated");
        dryFiguresThatHold();
        Files.move(log, log.resolveSibling("a.log.1"));
        Files.writeString(log, "ERROR in the new file\n");

        assertThat(dryFiguresThatHold()).containsEntry("errors", List.of(1L, 300L));
    }

    @Test
    void whatStartEndSkipsIsSaid() throws IOException {
        configure("start: end");
        Files.writeString(configuration, Files.readString(configuration).replace("/*.gz", "/*.none"));

        CommandRun dry = dryRun();

        assertThat(dry.exitCode()).as(dry.errors()).isZero();
        assertThat(dry.output()).contains("this is the first run; 'start: end' skips ", "rule errors: nothing");
    }

    @Test
    void readsTheCheckpointOfARunThatIsAtWork() throws IOException {
        try (RunState _ = RunState.open(checkpoint)) {
            assertThat(dryRun("--once").exitCode()).isZero();
        }
    }

    @Test
    void aDamagedCheckpointIsAFailure() throws IOException {
        Files.createDirectories(checkpoint.getParent());
        Files.writeString(checkpoint, "this is no checkpoint");

        CommandRun dry = dryRun("--once");

        assertThat(dry.exitCode()).isEqualTo(1);
        assertThat(dry.errors()).contains("cannot be trusted");
        try (RandomAccessFile file = new RandomAccessFile(checkpoint.toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        CommandRun huge = CommandRun.of("run", "-c", configuration, "--dry-run");
        assertThat(huge.exitCode()).isEqualTo(1);
        assertThat(huge.errors()).contains("1099511627776 bytes are too many");
    }

    @Test
    void whatARunThatFollowsFilesWouldWaitForIsSaid() throws IOException {
        assertThat(dryRun().output()).contains("a last record without its end");
        assertThat(dryRun("--once").output()).doesNotContain("without its end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dev", "--start-anew", "--adopt=x", "--watch-config", "--dev-data=x"})
    void anOptionThatWouldMeanNothingIsAMistake(String option) {
        CommandRun dry = CommandRun.of("run", "-c", configuration, "--dry-run", option);

        assertThat(dry.exitCode()).isEqualTo(2);
        assertThat(dry.errors()).contains("--dry-run asks no broker");
    }

    /** A dry run, after which every file is as it was before. */
    private CommandRun dryRun(String... options) throws IOException {
        List<String> before = everything();
        Object[] words = Stream.concat(
                        Stream.of("run", "-c", configuration, "--dry-run"), Arrays.<Object>stream(options))
                .toArray();
        CommandRun run = CommandRun.of(words);
        assertThat(everything()).isEqualTo(before);
        return run;
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted().map(DryRunTest::state).toList();
        }
    }

    private static String state(Path file) {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            int content = Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) : 0;
            return file + " " + modified + " " + content;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<Path, byte[]> logs() throws IOException {
        Map<Path, byte[]> logs = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("logs"))) {
            for (Path file : files.toList()) {
                logs.put(file, Files.readAllBytes(file));
            }
        }
        return logs;
    }

    private static boolean same(Map<Path, byte[]> one, Map<Path, byte[]> other) {
        return one.keySet().stream().allMatch(file -> Arrays.equals(one.get(file), other.get(file)));
    }

    /** What stands in the topics by now. */
    private Map<String, Long> topics() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        try (LocalBroker broker = LocalBroker.start(CommandRun.installation(), 0, directory.resolve("kafka"))) {
            new TopicReader(broker.bootstrapServers(), Map.of())
                    .readAll(
                            List.of("t-errors", "t-infos", "t-cards"),
                            Duration.ofSeconds(30),
                            record -> counts.merge(record.topic(), 1L, Long::sum));
        }
        return counts;
    }
}
