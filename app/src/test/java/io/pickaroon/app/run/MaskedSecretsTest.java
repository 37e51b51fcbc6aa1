package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A card number and a password that rules mask, in each place from which a record's text goes out: neither the password nor
 * twelve digits of the number in a row are in anything that a run writes, as it stands or behind JSON's escapes or in base64.
 */
@Timeout(180)
class MaskedSecretsTest {
    private static final String CARD = "4539578763621486";
    /** Two digits of it are escapes, so that no byte expression sees it. */
    private static final String ESCAPED = "4539\\u0035787\\u00363621486";

    /** More fields than are kept. */
    private static final String MANY =
            IntStream.range(0, 1_001).mapToObj("\"f%d\":1,"::formatted).collect(Collectors.joining());

    /** The value of a name that is masked by what stands before it, which an escape may hide. */
    private static final String PASSWORD = "qfjkwzvxqpby";

    private static final List<String> DIGITS = Stream.concat(
                    IntStream.rangeClosed(0, 4).mapToObj(i -> CARD.substring(i, i + 12)), Stream.of(PASSWORD))
            .toList();
    private static final Pattern ESCAPE = Pattern.compile("\\\\+u([0-9a-fA-F]{4})");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{16,}={0,2}");

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

    /** Each line has a name, which a failure shows. */
    @BeforeEach
    void writeLogs() throws IOException {
        Files.write(
                directory.resolve("json.log"),
                List.of(
                        "{\"x\":\"x-plain\",\"card\":\"%s\"}".formatted(CARD),
                        "{\"x\":\"x-number\",\"card\":%s}".formatted(CARD),
                        "{\"x\":\"x-escaped\",\"card\":\"%s\"}".formatted(ESCAPED),
                        "{\"x\":\"x-both\",\"card\":\"%s %s\"}".formatted(CARD, ESCAPED),
                        "{\"x\":\"x-nested\",\"a\":[{\"b\":\"%s\"}],\"card\":\"%s\"}".formatted(ESCAPED, CARD),
                        "{\"x\":\"x-key\",\"%s\":\"v\"}".formatted(CARD),
                        "{\"x\":\"x-part-of-key\",\"a.%s.b\":{\"c\":\"v\"}}".formatted(CARD),
                        "{\"x\":\"x-unparsed\",\"card\":\"%s\"".formatted(CARD),
                        "no JSON x-bare %s".formatted(CARD),
                        "{\"x\":\"x-escaped-key\",\"%s\":\"v\"}".formatted(ESCAPED),
                        "{\"x\":\"x-twice\",\"card\":\"%s\",\"card\":\"v\"}".formatted(ESCAPED),
                        "{\"x\":\"x-unparsed-escaped\",\"card\":\"%s\"".formatted(ESCAPED),
                        "{\"x\":\"x-password\",\"password\":\"%s\"}".formatted(PASSWORD),
                        "{\"x\":\"x-name\",\"p\\u0061ssword\":\"%s\",\"card\":\"%s\"}".formatted(PASSWORD, CARD),
                        "{\"x\":\"x-unparsed-name\",\"p\\u0061ssword\":\"%s\"".formatted(PASSWORD),
                        "{\"x\":\"x-many\",%s\"pan\":\"%s\"}".formatted(MANY, ESCAPED)),
                ISO_8859_1);
        Files.write(
                directory.resolve("binary.log"),
                ("{\"x\":\"x-binary \u00ff\",\"card\":\"" + CARD + "\"}\n").getBytes(ISO_8859_1));
        Files.writeString(
                directory.resolve("logfmt.log"),
                "x=x-logfmt card=%s\nx=x-quoted card=\"a \\\"%s\\\"\"\nx=x-hidden card=\"%s\"\n"
                        .formatted(CARD, CARD, ESCAPED));
        Files.writeString(directory.resolve("regex.log"), "x-regex card: %1$s %1$s\n".formatted(CARD));
        Files.writeString(
                directory.resolve("cut.log"), "x-cut %s and more than the limit of this input\n".formatted(CARD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "immediately"})
    void isInNothingThatKafkaGets(String when) throws Exception {
        List<String> written = new ArrayList<>();
        for (String letters : List.of("topic: dead-" + when, "file: " + directory.resolve("dead.ndjson"))) {
            Path configuration = configure(
                    when,
                    FORMATS,
                    broker.output("deadLetter: { " + letters + " }\n    maxTopics: 2"),
                    letters.substring(0, 4));
            for (String command : List.of(
                    "check -c",
                    "check --explain -m 100 -c",
                    "check --explain --json -m 100 -c",
                    "run --dry-run -c",
                    "run --once --log-format json --stacktrace -c")) {
                CommandRun run = CommandRun.of(Stream.concat(Stream.of(command.split(" ")), Stream.of(configuration))
                        .toArray());
                assertThat(run.exitCode()).as(run.errors()).isZero();
                written.add(run.errors() + run.output());
            }
            // The file is changed now.
            writeLogs();
        }
        List<ConsumerRecord<byte[], byte[]>> records = broker.readEverything();
        assertThat(records.stream().map(ConsumerRecord::topic).distinct())
                .contains("sec-key", "sec-json", "sec-otlp", "sec-around", "sec-some", "dead-" + when);
        assertThat(records).hasSizeGreaterThan(200);
        records.forEach(record -> written.add(text(record)));
        written.addAll(files());
        assertThat(String.join("\n", written)).contains("***", "dead-lettered");
        written.forEach(MaskedSecretsTest::assertHidden);
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "immediately"})
    void isInNothingThatIsWrittenHere(String when) throws Exception {
        List<String> written = new ArrayList<>();
        Path file =
                configure(when, FORMATS, "output: { file: { path: '%s/out.ndjson' } }".formatted(directory), "file");
        CommandRun toFile = CommandRun.of("run", "--once", "-c", file);
        assertThat(toFile.exitCode()).as(toFile.errors()).isZero();
        written.addAll(files());
        writeLogs();
        Path console = configure(when, "", "output: { console: {} }", "console");
        CommandRun toConsole = CommandRun.of("run", "--once", "-c", console);
        assertThat(toConsole.exitCode()).as(toConsole.errors()).isZero();
        assertThat(toConsole.output().lines())
                .hasSizeGreaterThan(60)
                .anyMatch(line -> line.contains("****************"));
        written.addAll(files());
        written.addAll(List.of(toFile.errors(), toConsole.errors(), toConsole.output()));
        written.forEach(MaskedSecretsTest::assertHidden);
        if (when.equals("immediately")) {
            for (Path log : logs()) {
                // The password stands behind an escape, too.
                assertThat(Files.readString(log, ISO_8859_1)).doesNotContain(DIGITS.subList(0, 5));
            }
        }
    }

    /** The console of a daemon is a file here, and so is its log. */
    @Test
    void isInNothingThatADaemonShows() throws Exception {
        Path configuration = configure("rotated", "", "output: { console: {} }\nhttp: { port: 0 }", "daemon");
        try (ForkedProgram program = ForkedProgram.start(directory, "run", "-c", configuration.toString())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                String shown = Files.readString(directory.resolve("output"), ISO_8859_1);
                return Stream.of("x-hidden", "x-binary", "x-regex", "x-cut", "x-many")
                        .allMatch(shown::contains);
            });
            List<String> pages = List.of(program.page("/status"), program.page("/metrics"), program.page("/readyz"));
            assertThat(pages.getFirst()).contains("\"input");
            assertThat(pages.get(1)).contains("pickaroon_rule_emitted_records_total");
            pages.forEach(MaskedSecretsTest::assertHidden);
            assertThat(program.endBy("TERM")).isEqualTo(143);
        }
        assertThat(files()).hasSizeGreaterThan(3).allSatisfy(MaskedSecretsTest::assertHidden);
    }

    private static final String FORMATS = """
          - { id: json, match: { literal: x- }, emit: { topic: sec-json, format: json } }
          - { id: otlp, match: { literal: x- }, emit: { topic: sec-otlp, format: otlp, headers: all } }
        """;

    private Path configure(String when, String more, String output, String name) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), """
            instance: %2$s-%3$s
            checkpoint: { path: %1$s/checkpoint-%3$s }
            inputs:
              - { id: json, include: [ %1$s/json.log, %1$s/binary.log ], parse: json }
              - { id: logfmt, include: [ %1$s/logfmt.log ], parse: logfmt }
              - { id: regex, include: [ %1$s/regex.log ], parse: { regex: '(?<card>[0-9 ]+)' } }
              - { id: cut, include: [ %1$s/cut.log ], maxRecordBytes: 30B, parse: { regex: '(?<card>[0-9]+)' } }
            rules:
              - { id: raw, match: { literal: x- }, emit: { topic: sec-raw, headers: all } }
              - { id: topic, match: { literal: x- }, emit: { topic: 'sec-{field.card:none}' } }
              - id: key
                match: { literal: x- }
                emit:
                  topic: sec-key
                  key: '{field.card:none}'
                  headers: [ { c: '{field.card:none}' }, { n: '{field.a.0.b:none}' }, { p: '{field.password:none}' } ]
                  timestamp: { from: '{field.card}', format: epochMillis }
              - { id: text, match: { literal: x- }, emit: { topic: sec-text, timestamp: { from: 'at {field.card}', format: 'yyyyMMddHHmmss' } } }
              - { id: group, match: { regex: 'x-.*card\\W+(?<card>[^"]+)' }, emit: { topic: 'sec-{group.card}', key: '{group.card}' } }
              - { id: missing, match: { literal: x- }, emit: { topic: sec-missing, key: '{field.card}{field.absent}', headers: all } }
              - { id: long, match: { literal: x- }, emit: { topic: sec-long, key: '%4$s{field.card:none}' } }
              - { id: wide, match: { literal: x- }, emit: { topic: 'sec-%5$s{field.card:none}', format: raw } }
            %6$s\
              - { id: around, match: { literal: x- }, emit: { topic: sec-around, key: '{field.password:none}', context: { before: 3, after: 3 } } }
              - { id: some, match: { literal: x- }, emit: { topic: sec-some, sample: 1/2, context: { before: 1, after: 0 } } }
              - { id: passwords, match: { regex: '"password":"(?<p>[^"]*)"' }, fix: { mask: "*", group: p, when: %2$s } }
              - { id: cards, match: { regex: '[0-9]{16}' }, fix: { mask: "*", when: %2$s } }
            %7$s
            """.formatted(
                        directory, when, name, "k".repeat(1020), "t".repeat(240), more, output));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder(record.topic() + "\n" + record.timestamp() + "\n");
        text.append(record.key() == null ? "" : new String(record.key(), ISO_8859_1))
                .append('\n');
        record.headers()
                .forEach(header -> text.append(header.key())
                        .append('=')
                        .append(new String(header.value(), ISO_8859_1))
                        .append('\n'));
        return text.append(record.value() == null ? "" : new String(record.value(), ISO_8859_1))
                .toString();
    }

    /** All that lies in the directory, but what a test has written there: the checkpoint and its journal, the output. */
    private List<String> files() throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".log"))
                    .toList()) {
                contents.add(file + "\n" + Files.readString(file, ISO_8859_1));
            }
        }
        return contents;
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private static void assertHidden(String written) {
        String unescaped = ESCAPE.matcher(written)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
        String decoded = BASE64.matcher(written)
                .results()
                .map(found -> found.group())
                .filter(found -> found.replace("=", "").length() % 4 != 1)
                .map(found -> new String(Base64.getDecoder().decode(found.replace("=", "")), ISO_8859_1))
                .collect(Collectors.joining("\n"));
        for (String digits : DIGITS) {
            assertThat(List.of(written, unescaped, decoded))
                    .allSatisfy(text -> assertThat(text).doesNotContain(digits));
        }
    }
}
