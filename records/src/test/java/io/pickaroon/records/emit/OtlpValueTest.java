package io.pickaroon.records.emit;

import static io.pickaroon.records.emit.FormFixture.latin1;
import static io.pickaroon.records.emit.FormFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpValueTest {
    private final FormFixture fixture = new FormFixture().format(ValueFormat.OTLP);

    private ResourceLogs resourceLogs() {
        try {
            LogsData data = LogsData.parseFrom(fixture.rendered().value());
            assertThat(data.getUnknownFields().asMap()).isEmpty();
            assertThat(data.getResourceLogsCount()).isOne();
            return data.getResourceLogs(0);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private LogRecord log() {
        ResourceLogs logs = resourceLogs();
        assertThat(logs.getScopeLogsCount()).isOne();
        assertThat(logs.getScopeLogs(0).getLogRecordsCount()).isOne();
        return logs.getScopeLogs(0).getLogRecords(0);
    }

    /** Each name once; what is no text in its protobuf form. */
    private static Map<String, String> attributes(List<KeyValue> attributes) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (KeyValue attribute : attributes) {
            AnyValue value = attribute.getValue();
            String shown = value.hasStringValue()
                    ? value.getStringValue()
                    : value.toString().strip();
            assertThat(byName.put(attribute.getKey(), shown)).isNull();
        }
        return byName;
    }

    @Test
    void aRecordHasResourceScopeTimesBodyAndAttributes() {
        fixture.staticField("service.name", "shop")
                .staticField("env", "prod")
                .staticField("team", "web")
                .field("env", "test")
                .field("n", "1.50")
                .field("empty", "")
                .timestamp("{group.time}", "epochMillis")
                .group("time", "1795935930120");
        assertThat(attributes(resourceLogs().getResource().getAttributesList()))
                .isEqualTo(Map.of("host.name", "h1", "service.name", "shop"));
        assertThat(resourceLogs().getScopeLogs(0).getScope().getName()).isEqualTo("pickaroon");
        assertThat(log().getTimeUnixNano()).isEqualTo(1_795_935_930_120_000_000L);
        assertThat(log().getObservedTimeUnixNano()).isEqualTo(WrittenRecord.READ_MILLIS * 1_000_000);
        assertThat(log().getBody().getStringValue()).isEqualTo("ann paid");
        assertThat(log().getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_UNSPECIFIED);
        assertThat(attributes(log().getAttributesList()))
                .containsExactlyEntriesOf(ordered(
                        "log.file.path", FormFixture.FILE,
                        "log.file.name", "a b.log",
                        "log.record.uid", WrittenRecord.ID,
                        "log.offset", "int_value: 4711",
                        "pickaroon.rule", "errors",
                        "pickaroon.input", "pods",
                        "team", "web",
                        "env", "test",
                        "n", "1.50"));
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ordered.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ordered;
    }

    @Test
    void theTimeIsUnknownWhereTheRecordDoesNotTellIt() {
        assertThat(log().getTimeUnixNano()).isZero();
        fixture.timestamp("{group.time}", "epochMillis").group("time", "x");
        assertThat(log().getTimeUnixNano()).isZero();
        assertThat(log().getObservedTimeUnixNano()).isEqualTo(WrittenRecord.READ_MILLIS * 1_000_000);
    }

    @Test
    void whatIsNotUtf8IsBytes() {
        fixture.record(latin1("\u00e9")).field("a", latin1("\u00ff")).field("b", "gr\u00f6\u00dfe");
        assertThat(log().getBody().hasStringValue()).isFalse();
        assertThat(log().getBody().getBytesValue().toByteArray()).isEqualTo(latin1("\u00e9"));
        List<KeyValue> fields = log().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().length() == 1)
                .toList();
        assertThat(fields.getFirst().getValue().getBytesValue().toByteArray()).isEqualTo(latin1("\u00ff"));
        assertThat(fields.getLast().getValue().getStringValue()).isEqualTo("gr\u00f6\u00dfe");
    }

    @Test
    void headsSayThatTheyAreTruncated() {
        assertThat(attributes(log().getAttributesList())).doesNotContainKey("pickaroon.truncated");
        fixture.headOnly();
        assertThat(attributes(log().getAttributesList())).containsEntry("pickaroon.truncated", "bool_value: true");
    }

    @Test
    void theNeighboursAreCountedWhereTheRuleHasAContext() {
        assertThat(attributes(log().getAttributesList())).doesNotContainKey("pickaroon.context");
        fixture.context(0, 0);
        assertThat(attributes(log().getAttributesList())).containsEntry("pickaroon.context", "0,0");
        fixture.context(3, 1000);
        assertThat(attributes(log().getAttributesList())).containsEntry("pickaroon.context", "3,1000");
    }

    @Test
    void oneRecordLeavesNothingToTheNext() throws Exception {
        RecordRenderer renderer = fixture.form().newRenderer();
        RenderedRecord rendered = new RenderedRecord();
        FormFixture first =
                new FormFixture().format(ValueFormat.OTLP).field("a", "1").headOnly();
        renderer.render(first.written(), first.origin(), rendered);
        RecordOrigin other = new RecordOrigin("h2", "i", "in", "/b.log");
        renderer.render(fixture.written(), other, rendered);
        ResourceLogs logs = LogsData.parseFrom(rendered.value()).getResourceLogs(0);
        assertThat(attributes(logs.getResource().getAttributesList())).isEqualTo(Map.of("host.name", "h2"));
        assertThat(attributes(logs.getScopeLogs(0).getLogRecords(0).getAttributesList()))
                .doesNotContainKeys("a", "pickaroon.truncated")
                .containsEntry("log.file.path", "/b.log");
        assertThat(text(rendered.value())).doesNotContain(FormFixture.FILE);
    }
}
