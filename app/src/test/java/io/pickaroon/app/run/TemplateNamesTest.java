package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import io.pickaroon.processor.delivery.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each name of templates in topic, key, header and JSON, as a consumer gets them; one run sends what all rows need. */
@Timeout(120)
class TemplateNamesTest {
    private static final String JSON_LINE =
            "{\"level\":\"error\",\"service\":\"cart/1\",\"n\":{\"a\":[7,{\"b\":\"x\\u0041\\n\"}]},\"num\":1.50,"
                    + "\"empty\":\"\",\"none\":null,\"a.b\":\"dotted\",\"msg\":\"order=42 äö\"}";

    private static final Pattern RECORD_ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @TempDir
    private static Path directory;

    private static final Map<String, ConsumerRecord<byte[], byte[]>> SENT = new HashMap<>();
    private static CommandRun run;

    /** Where a row's records are read. */
    private enum Input {
        PODS("{\"msg\":\"order=1\"}\n".length(), "node-7"),
        LOGFMT(0, HostName.local()),
        REGEX(0, HostName.local());

        private final int offset;
        private final String host;

        Input(int offset, String host) {
            this.offset = offset;
            this.host = host;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        Path file() {
            return switch (this) {
                case PODS -> directory.resolve("pods/shop_web-0/7.json");
                case LOGFMT -> directory.resolve("logfmt.log");
                case REGEX -> directory.resolve("regex.log");
            };
        }
    }

    /** One of the environment whose value may stand in the name of a topic. */
    private static final Map.Entry<String, String> VARIABLE = System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().matches("[A-Z_]+"))
            .filter(variable -> variable.getValue().matches("[A-Za-z0-9._-]{1,40}"))
            .findFirst()
            .orElseGet(() -> Map.entry("PICKAROON_TEST_ABSENT", "none"));

    enum Row {
        HOST(Input.PODS, "{host}", "node-7"),
        HOST_OF_MACHINE(Input.LOGFMT, "{host}", Input.LOGFMT.host),
        INSTANCE(Input.PODS, "{instance}", "test-1"),
        INPUT(Input.PODS, "{input}", "pods"),
        RULE(Input.PODS, "{rule}", "RULE"),
        FILE(Input.PODS, "{file}", ""),
        FILE_NAME(Input.PODS, "{file.name}", "7.json"),
        OFFSET(Input.PODS, "{offset}", Integer.toString(Input.PODS.offset)),
        ID(Input.PODS, "{id}", ""),
        TIME(Input.PODS, "{time}", ""),
        PATH(Input.PODS, "{path.ns}/{path.pod}/{path.n}", "shop/web-0/7"),
        GROUP(Input.PODS, "{group.order}", "42"),
        FIELD_OF_JSON(Input.PODS, "{field.service}", "cart/1"),
        NESTED(Input.PODS, "{field.n.a.0}", "7"),
        ESCAPED(Input.PODS, "{field.n.a.1.b}", "xA\n"),
        NUMBER(Input.PODS, "{field.num}", "1.50"),
        DOTTED(Input.PODS, "{field.a.b}", "dotted"),
        FIELD_OF_LOGFMT(Input.LOGFMT, "{field.service}", "pay"),
        BARE(Input.LOGFMT, "{field.retried}", "true"),
        QUOTED(Input.LOGFMT, "{field.msg}", "order=42 \"x\""),
        FIELD_OF_REGEX(Input.REGEX, "{field.service}", "mail"),
        STATIC(Input.PODS, "{field.env}", "prod"),
        ENVIRONMENT(Input.PODS, "{env." + VARIABLE.getKey() + ":none}", VARIABLE.getValue()),
        BRACES(Input.PODS, "{field.level}{{}}", "error{}"),
        DEFAULT_OF_ABSENT(Input.PODS, "{field.absent:un known}", "un known"),
        DEFAULT_OF_EMPTY(Input.PODS, "{field.empty:unknown}", "unknown"),
        DEFAULT_OF_NULL(Input.PODS, "{field.none:unknown}", "unknown"),
        DEFAULT_OF_GROUP(Input.PODS, "{group.never:unknown}", "unknown"),
        DEFAULT_IS_NOT_NEEDED(Input.PODS, "{field.level:unknown}", "error"),
        SEVERAL(Input.PODS, "a-{path.pod}:{field.level}-z", "a-web-0:error-z");

        private final Input input;
        private final String template;
        private final String expected;

        Row(Input input, String template, String expected) {
            this.input = input;
            this.template = template;
            this.expected = expected;
        }

        private String expected(ConsumerRecord<byte[], byte[]> record) {
            return switch (this) {
                case FILE -> input.file().toString();
                case ID -> find(RECORD_ID, new String(record.value(), UTF_8));
                case TIME -> time(record);
                default -> expected;
            };
        }

        private String rule() {
            return """
                  - id: %1$s
                    inputs: [ %2$s ]
                    match: { all: [ { regex: 'order=(?<order>42)(?<never>never)?' } ] }
                    emit: { topic: 'row-%1$s-%3$s', key: '%3$s', headers: [ { h: '%3$s' } ], format: json }
                """.formatted(name(), input.id(), template);
        }
    }

    @BeforeAll
    static void runOnce() throws Exception {
        Files.createDirectories(Input.PODS.file().getParent());
        Files.writeString(Input.PODS.file(), "{\"msg\":\"order=1\"}\n" + JSON_LINE + "\n");
        Files.writeString(Input.LOGFMT.file(), line(Input.LOGFMT) + "\n");
        Files.writeString(Input.REGEX.file(), line(Input.REGEX) + "\n");
        StringBuilder rules = new StringBuilder();
        Arrays.stream(Row.values()).forEach(row -> rules.append(row.rule()));
        try (TestBroker broker = TestBroker.start()) {
            Path configuration = Files.writeString(directory.resolve("c.yaml"), """
                instance: test-1
                checkpoint: { path: %1$s/checkpoint }
                inputs:
                  - { id: pods, path: '%1$s/pods/{ns}_{pod}/{n}.json', host: node-7, fields: { env: prod, team: shop }, parse: json }
                  - { id: logfmt, include: [ %1$s/logfmt.log ], parse: logfmt }
                  - { id: regex, include: [ %1$s/regex.log ], parse: { regex: '^(?<service>\\w+): ' } }
                rules:
                %2$s%3$s
                """.formatted(
                            directory, rules, broker.output("deadLetter: { topic: dead }")));
            run = CommandRun.of("run", "-c", configuration, "--once");
            assertThat(run.exitCode()).as(run.errors()).isZero();
            for (ConsumerRecord<byte[], byte[]> record : broker.read(broker.topics().stream()
                    .filter(topic -> topic.startsWith("row-") || topic.equals("dead"))
                    .toList())) {
                assertThat(SENT.put(find(Pattern.compile("\"rule\":\"(\\w+)\""), text(record.value())), record))
                        .isNull();
            }
        }
    }

    @AfterAll
    static void everyRuleHasSentOnce() {
        assertThat(SENT).hasSameSizeAs(Row.values());
        assertThat(run.errors()).contains(Row.values().length + " matches emitted, 0 dead-lettered");
    }

    @ParameterizedTest
    @EnumSource
    void isInTopicKeyHeaderAndJson(Row row) {
        ConsumerRecord<byte[], byte[]> record = SENT.get(row.name());
        String expected = row.expected(record);

        assertThat(expected).isNotEmpty();
        assertThat(text(record.key())).isEqualTo(expected);
        List<String> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(header.key() + "=" + text(header.value())));
        assertThat(headers).containsExactly("h=" + expected);
        String topic = ("row-" + row.name() + "-" + expected).replaceAll("[^A-Za-z0-9._-]", "_");
        assertThat(record.topic()).isEqualTo(topic);
        String[] json = text(record.value()).split(",\"fields\":", 2);
        assertThat(json[0]).isEqualTo(json(row, record));
        assertThat(json[1].substring(1, json[1].length() - 2).split(",(?=\")"))
                .containsExactlyInAnyOrder(fields(row.input).split(",(?=\")"));
    }

    /** Written by hand, so that it is no copy of the product's writer. */
    private static String json(Row row, ConsumerRecord<byte[], byte[]> record) {
        return "{\"file\":\"%s\",\"offset\":%d,\"rule\":\"%s\",\"id\":\"%s\",\"record\":\"%s\",\"time\":\"%s\",\"host\":\"%s\",\"input\":\"%s\""
                .formatted(
                        row.input.file(),
                        row.input.offset,
                        row.name(),
                        find(RECORD_ID, text(record.value())),
                        line(row.input).replace("\\", "\\\\").replace("\"", "\\\""),
                        time(record),
                        row.input.host,
                        row.input.id());
    }

    private static String line(Input input) {
        return switch (input) {
            case PODS -> JSON_LINE;
            case LOGFMT -> "service=pay retried msg=\"order=42 \\\"x\\\"\"";
            case REGEX -> "mail: order=42";
        };
    }

    private static String fields(Input input) {
        return switch (input) {
            case PODS ->
                "\"env\":\"prod\",\"team\":\"shop\",\"level\":\"error\",\"service\":\"cart/1\",\"n.a.0\":\"7\","
                        + "\"n.a.1.b\":\"xA\\n\",\"num\":\"1.50\",\"a.b\":\"dotted\",\"msg\":\"order=42 äö\"";
            case LOGFMT -> "\"service\":\"pay\",\"retried\":\"true\",\"msg\":\"order=42 \\\"x\\\"\"";
            case REGEX -> "\"service\":\"mail\"";
        };
    }

    private static String time(ConsumerRecord<byte[], byte[]> record) {
        return MILLIS.format(Instant.ofEpochMilli(record.timestamp()));
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
