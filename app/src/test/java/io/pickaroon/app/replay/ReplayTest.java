package io.pickaroon.app.replay;

import static io.pickaroon.app.replay.ReplayedLogs.header;
import static io.pickaroon.app.replay.ReplayedLogs.offsets;
import static io.pickaroon.app.replay.ReplayedLogs.replay;
import static io.pickaroon.app.replay.ReplayedLogs.sent;
import static io.pickaroon.app.replay.ReplayedLogs.texts;
import static io.pickaroon.app.replay.ReplayedLogs.valuesOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import io.pickaroon.app.verify.DeliveredLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was sent is sent again as it was, of the part that is meant, and nothing else is touched. */
@Timeout(180)
class ReplayTest {
    private static final String LINE = "ERROR number seven\n";
    private static final String CARD = "4111111111111111";
    private static final String CARDS = "{ id: cards, match: { detect: card }, emit: { topic: %s }, fix: {} }";
    private static final String KEYED =
            "{ id: errors, match: { literal: ERROR }, emit: { topic: %s, key: 'k{offset}', headers: all } }";

    private static TestBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void theSameRecordsComeOnceMoreWithAMarkAndNothingElseChanges() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "same");
        Path configuration = logs.configuration(logs.topic(), "", KEYED);
        write("app.log", ("fine\n" + LINE).repeat(10));
        write("other.log", LINE);
        DeliveredLogs.run(configuration);
        List<ConsumerRecord<byte[], byte[]>> before = logs.delivered();
        Map<String, String> files = ReplayedLogs.files(directory);

        CommandRun replay = replay(configuration, "--file", directory.resolve("a*.log"));

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(replay.errors()).isEmpty();
        assertThat(replay.output())
                .contains("app.log, from offset 0 to 240:\n  rule errors: 10 records to topic t-same\n")
                .endsWith("in all 10 records\n");
        List<ConsumerRecord<byte[], byte[]>> sent = sent(logs);
        assertThat(texts(sent))
                .isEqualTo(texts(before.stream()
                        .filter(record -> header(record, "log.file.path").endsWith("/app.log"))
                        .toList()));
        assertThat(sent)
                .allSatisfy(record -> assertThat(Instant.parse(header(record, ReplayedLogs.MARK)))
                        .isBefore(Instant.now()));
        assertThat(ReplayedLogs.files(directory)).isEqualTo(files);
        CommandRun verified = DeliveredLogs.verify(configuration);
        assertThat(verified.exitCode())
                .as(verified.output() + verified.errors())
                .isZero();
        assertThat(verified.output())
                .contains("delivery: 11 matches in their topics exactly once\n")
                .contains(" 10 sent by a replay, ");
    }

    @Test
    void anOffsetInTheMiddleOfARecordBelongsToTheNext() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "middle");
        Path configuration = logs.configuration(logs.topic(), "delivery: at-least-once", KEYED);
        write("app.log", LINE.repeat(10));
        DeliveredLogs.run(configuration);

        CommandRun replay =
                replay(configuration, "--file", "app.log", "--from-offset", 20, "--to-offset", 4 * LINE.length() + 1);

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(offsets(sent(logs))).containsExactly(38L, 57L, 76L);
    }

    @Test
    void aDryRunSaysWhatWouldBeSentAndSendsNothing() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "dry");
        Path configuration = logs.configuration(logs.topic(), "", KEYED, CARDS);
        write("app.log", LINE.repeat(10));
        DeliveredLogs.run(configuration);
        Map<String, String> files = ReplayedLogs.files(directory);

        CommandRun replay =
                replay(configuration, "--file", "app.log", "--to", "elsewhere", "--rule", "errors", "--dry-run");

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(replay.output())
                .startsWith("replay, dry run: nothing was sent; it would be\n")
                .contains("  rule errors: 10 records to topic elsewhere\n")
                .endsWith("in all 10 records\n");
        assertThat(logs.delivered()).hasSize(10);
        assertThat(ReplayedLogs.files(directory)).isEqualTo(files);
    }

    @Test
    void aRangeOfTimeIsThatOfTheRecords() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "time");
        Path configuration = logs.configuration(logs.topic(), "", KEYED);
        write(
                "app.log",
                IntStream.range(0, 10)
                        .mapToObj("2026-11-29T08:00:%02d ERROR\n"::formatted)
                        .reduce("", String::concat));
        DeliveredLogs.run(configuration);

        CommandRun replay = replay(
                configuration,
                "--file",
                "app.log",
                "--since",
                "2026-11-29T08:00:03Z",
                "--until",
                "2026-11-29T08:00:06Z",
                "--from-offset",
                5 * 26 - 1,
                "--time",
                "iso8601",
                "--zone",
                "UTC");

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(offsets(sent(logs))).containsExactly(5 * 26L);
        CommandRun without = replay(configuration, "--file", "app.log", "--since", "2026-11-29T08:00:03Z");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.errors()).contains("add 'time' to input app");
    }

    @Test
    void whatFixesHaveChangedIsSaidAndWhatIsMaskedStaysMasked() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "masked");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS, CARDS);
        write("app.log", "ERROR card " + CARD + "\nfine\nERROR\n");
        DeliveredLogs.run(configuration);
        List<String> before = valuesOf(logs.delivered());

        CommandRun replay = replay(configuration, "--file", "app.log");

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(replay.errors())
                .contains("rule cards changes what it finds, and has changed what is read of 1 file; those records are"
                        + " sent again only where the rule still finds what stands there now");
        assertThat(before).hasSize(3).noneMatch(value -> value.contains(CARD));
        assertThat(valuesOf(sent(logs))).containsExactlyInAnyOrder(before.get(0), "ERROR");
        assertThat(DeliveredLogs.verify(configuration).output()).doesNotContain("WRONG");
    }

    @Test
    void aRuleThatIsNotMeantMasksWhatOthersSend() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "others");
        String sendsOnly = CARDS.replace("fix: {}", "fix: { when: never }");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS, sendsOnly);
        write("app.log", "ERROR card " + CARD + "\n");
        DeliveredLogs.run(configuration);

        CommandRun replay = replay(configuration, "--file", "app.log", "--rule", "errors");

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(valuesOf(sent(logs)))
                .singleElement()
                .asString()
                .startsWith("ERROR card ")
                .doesNotContain(CARD);
    }

    @Test
    void theAuditTrailTellsHowManyChangesThereAre() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "audit");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS, CARDS);
        Files.writeString(
                configuration,
                "audit: { file: \"%s\" }\n".formatted(directory.resolve("audit.ndjson")),
                StandardOpenOption.APPEND);
        String line = "card " + CARD + "\n";
        write("app.log", line.repeat(3));
        DeliveredLogs.run(configuration);

        CommandRun replay = replay(configuration, "--file", "app.log", "--from-offset", line.length());

        assertThat(replay.errors()).contains("rule cards: the audit trail has 2 changes in what is read; ");
        assertThat(replay.exitCode()).as(replay.errors()).isZero();
    }

    @Test
    void idsAreThoseOfTheGenerationAndTheFirstName() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "generation");
        Path configuration = logs.configuration(logs.topic(), "", DeliveredLogs.ERRORS);
        Path log = write("app.log", LINE.repeat(3));
        DeliveredLogs.run(configuration);
        Files.writeString(log, "ERROR else\n");
        DeliveredLogs.run(configuration);
        Files.move(log, directory.resolve("app.log.1"));
        List<ConsumerRecord<byte[], byte[]>> before = logs.delivered();

        CommandRun replay = replay(configuration, "--file", "app.log.1");

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(texts(sent(logs))).isEqualTo(texts(before.subList(3, 4)));
    }

    @Test
    void archivesHaveTheOffsetsOfTheirContent() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "archive");
        Path configuration = logs.configuration(logs.topic(), "", KEYED);
        Files.writeString(configuration, Files.readString(configuration).replace("*.log*", "*.gz"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("old.gz")))) {
            out.write(LINE.repeat(10).getBytes(UTF_8));
        }
        DeliveredLogs.run(configuration);

        CommandRun replay = replay(
                configuration, "--file", "old.gz", "--from-offset", 7 * LINE.length(), "--to-offset", 9 * 19 - 1);

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(offsets(sent(logs))).containsExactly(7 * 19L, 8 * 19L);
    }

    @Test
    void aMessageOfAContainerLogIsWhole() throws IOException {
        DeliveredLogs logs = new DeliveredLogs(directory, broker, "container");
        Path configuration = logs.configuration(logs.topic(), "", KEYED);
        Files.writeString(
                configuration, Files.readString(configuration).replace("*.log*\" ]", "*.log*\" ], format: cri"));
        String time = "2026-11-29T08:00:00.000000000Z ";
        String head = time + "stdout P ERROR one \n";
        String tail = time + "stdout F ERROR two\n";
        write("app.log", (head + tail).repeat(3));
        DeliveredLogs.run(configuration);

        CommandRun replay =
                replay(configuration, "--file", "app.log", "--from-offset", head.length(), "--to-offset", 150);

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(valuesOf(sent(logs))).containsExactly("ERROR one ERROR two");
        assertThat(offsets(sent(logs))).containsExactly((long) head.length() + tail.length());
    }

    @Test
    void anotherOutputGetsTheMarkToo() throws IOException {
        Path configuration = Files.writeString(
                directory.resolve("c.yaml"), """
                    checkpoint: { path: "%1$s/state/checkpoint" }
                    inputs: [ { id: app, include: [ "%1$s/*.log" ] } ]
                    rules: [ %2$s ]
                    output: { file: { path: "%1$s/out.ndjson" } }
                    """.formatted(directory, DeliveredLogs.ERRORS.formatted("t")));
        write("app.log", LINE);
        DeliveredLogs.run(configuration);
        Path out = directory.resolve("out.ndjson");
        String before = Files.readString(out);

        CommandRun replay = replay(configuration, "--file", "app.log", "--to", directory.resolve("again.ndjson"));

        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(Files.readString(out)).isEqualTo(before);
        assertThat(Files.readString(directory.resolve("again.ndjson")))
                .contains("\"record\":\"ERROR number seven\"")
                .contains("\"headers\":{\"pickaroon.replayed\":\"");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
