package io.pickaroon.app.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.pickaroon.app.CommandRun;
import io.pickaroon.app.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Times of events in Kafka's timestamps, and values of OTLP as the classes of protobuf read them. */
@Timeout(120)
class TimesAndOtlpTest {
    private static final String WEEK_MILLIS = "604800000";

    @TempDir
    private Path directory;

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** Around both changes of 2025 in Berlin: the line's time, and what it is in UTC. */
    private static Map<String, String> berlin() {
        Map<String, String> utcByLine = new LinkedHashMap<>();
        utcByLine.put("2025-03-30 01:59:59.999", "2025-03-30T00:59:59.999Z");
        utcByLine.put("2025-03-30 03:00:00.001", "2025-03-30T01:00:00.001Z");
        utcByLine.put("2025-07-01 12:00:00.000", "2025-07-01T10:00:00Z");
        utcByLine.put("2025-10-26 01:59:59.999", "2025-10-25T23:59:59.999Z");
        utcByLine.put("2025-10-26 02:30:00.500", "2025-10-26T00:30:00.500Z");
        utcByLine.put("2025-10-26 03:00:00.007", "2025-10-26T02:00:00.007Z");
        utcByLine.put("2025-12-24 18:00:00.123", "2025-12-24T17:00:00.123Z");
        return utcByLine;
    }

    @Test
    void aLinesTimeIsTheTimestampToTheMillisecondOverBothChangesOfTheClock() throws Exception {
        broker.createTopic("keep", Map.of("retention.ms", "-1"));
        Instant start = Instant.now();
        String ahead = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
                .withZone(ZoneId.of("Europe/Berlin"))
                .format(start.plusSeconds(7_200));
        List<String> atReadTime =
                List.of(ahead, "2025-03-30 02:30:00.000", "2025-02-30 12:00:00.000", "no time at all");

        CommandRun run = run("keep", atReadTime);

        assertThat(run.errors()).doesNotContain("ago, and topic");
        assertThat(run.errors().lines())
                .anyMatch(line -> line.contains("11 matches emitted, 0 dead-lettered"))
                .contains(
                        "  sent with the time of reading: 1, timestamp ahead",
                        "  sent with the time of reading: 3, timestamp unreadable");
        Map<String, Long> times = new HashMap<>();
        broker.read(List.of("keep"))
                .forEach(record -> times.put(new String(record.value(), UTF_8), record.timestamp()));
        assertThat(times).hasSize(11);
        berlin().forEach((line, utc) ->
                assertThat(times).containsEntry("at " + line, Instant.parse(utc).toEpochMilli()));
        for (String line : atReadTime) {
            assertThat(times.get("at " + line)).isBetween(start.toEpochMilli(), System.currentTimeMillis());
        }
    }

    @Test
    void recordsOfLastYearForATopicThatKeepsAWeekAreSaidWithBothFigures() throws Exception {
        broker.createTopic("week", Map.of("retention.ms", WEEK_MILLIS));
        CommandRun run = run("week", List.of());
        assertThat(run.errors().lines().filter(line -> line.startsWith("WARN the record in")))
                .singleElement()
                .asString()
                .containsPattern(
                        "app.log at offset 0 \\(rule 'times'\\) is of 2025-03-30T00:59:59.999Z, \\d+ days ago, and"
                                + " topic week keeps records for 7 days \\(retention.ms");
    }

    private CommandRun run(String topic, List<String> more) throws IOException {
        StringBuilder lines = new StringBuilder();
        berlin().keySet().forEach(time -> lines.append("at ").append(time).append('\n'));
        more.forEach(time -> lines.append("at ").append(time).append('\n'));
        Files.writeString(directory.resolve("app.log"), lines);
        Path configuration = Files.writeString(directory.resolve("c.yaml"), """
            instance: times-%2$s
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ %1$s/app.log ] } ]
            rules:
              - id: times
                match: { regex: 'at (?<time>.+)' }
                emit:
                  topic: %2$s
                  timestamp: { from: '{group.time}', format: 'yyyy-MM-dd HH:mm:ss.SSS', zone: Europe/Berlin }
            %3$s
            """.formatted(
                        directory, topic, broker.output("deadLetter: { topic: dead }")));
        CommandRun run = CommandRun.of("run", "-c", configuration, "--once");
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return run;
    }

    @Test
    void protobufReadsTheValuesOfOtlp() throws Exception {
        Path log = directory.resolve("otlp.log");
        String line = "{\"ts\":\"2026-01-02T03:04:05.678+01:00\",\"level\":\"error\",\"n\":{\"a\":[\"x\\u00e4\"]}}";
        Files.write(log, (line + "\nno JSON \u00ff\n").getBytes(ISO_8859_1));
        Path configuration = Files.writeString(directory.resolve("c.yaml"), """
            instance: otlp
            checkpoint: { path: %1$s/checkpoint }
            inputs: [ { id: app, include: [ %2$s ], host: node-7, fields: { env: prod, service.name: cart }, parse: json } ]
            rules:
              - id: all
                match: { regex: '.' }
                emit: { topic: otlp, format: otlp, timestamp: { from: '{field.ts}', format: ISO_OFFSET_DATE_TIME } }
            %3$s
            """.formatted(
                        directory, log, broker.output("deadLetter: { topic: dead }")));
        Instant start = Instant.now();
        CommandRun run = CommandRun.of("run", "-c", configuration, "--once");
        assertThat(run.exitCode()).as(run.errors()).isZero();

        List<ConsumerRecord<byte[], byte[]>> records = broker.read(List.of("otlp"));
        assertThat(records).hasSize(2);
        LogRecord first = logRecord(records.getFirst(), start);
        assertThat(first.getTimeUnixNano())
                .isEqualTo(Instant.parse("2026-01-02T02:04:05.678Z").toEpochMilli() * 1_000_000)
                .isEqualTo(records.getFirst().timestamp() * 1_000_000);
        assertThat(first.getBody().getStringValue()).isEqualTo(line);
        assertThat(attributes(first.getAttributesList()))
                .containsEntry("log.file.path", text(log.toString()))
                .containsEntry("log.file.name", text("otlp.log"))
                .containsEntry(
                        "log.offset", AnyValue.newBuilder().setIntValue(0).build())
                .containsEntry("pickaroon.rule", text("all"))
                .containsEntry("pickaroon.input", text("app"))
                .containsEntry("env", text("prod"))
                .containsEntry("ts", text("2026-01-02T03:04:05.678+01:00"))
                .containsEntry("level", text("error"))
                .containsEntry("n.a.0", text("xä"))
                .containsKey("log.record.uid")
                .hasSize(10);
        LogRecord second = logRecord(records.getLast(), start);
        assertThat(second.getTimeUnixNano()).isZero();
        assertThat(second.getBody().getBytesValue().toByteArray()).isEqualTo("no JSON \u00ff".getBytes(ISO_8859_1));
        assertThat(attributes(second.getAttributesList()))
                .containsEntry(
                        "log.offset",
                        AnyValue.newBuilder().setIntValue(line.length() + 1).build())
                .doesNotContainKey("level")
                .hasSize(7);
    }

    /** The one record in a value, whose resource and scope are looked at here. */
    private static LogRecord logRecord(ConsumerRecord<byte[], byte[]> record, Instant start) throws IOException {
        LogsData data = LogsData.parseFrom(record.value());
        assertThat(data.getResourceLogsList()).hasSize(1);
        ResourceLogs resource = data.getResourceLogs(0);
        assertThat(attributes(resource.getResource().getAttributesList()))
                .isEqualTo(Map.of("host.name", text("node-7"), "service.name", text("cart")));
        assertThat(resource.getScopeLogsList()).hasSize(1);
        assertThat(resource.getScopeLogs(0).getScope().getName()).isEqualTo("pickaroon");
        assertThat(resource.getScopeLogs(0).getLogRecordsList()).hasSize(1);
        LogRecord log = resource.getScopeLogs(0).getLogRecords(0);
        assertThat(log.getObservedTimeUnixNano() / 1_000_000)
                .isBetween(start.toEpochMilli(), System.currentTimeMillis());
        return log;
    }

    private static Map<String, AnyValue> attributes(List<KeyValue> attributes) {
        Map<String, AnyValue> values = new HashMap<>();
        attributes.forEach(attribute ->
                assertThat(values.put(attribute.getKey(), attribute.getValue())).isNull());
        return values;
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }
}
