package io.pickaroon.records.emit;

import static io.pickaroon.records.emit.FormFixture.latin1;
import static io.pickaroon.records.emit.FormFixture.text;
import static io.pickaroon.records.emit.FormFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private static final String ORIGIN = "{\"file\":\"/var/log/pods/shop_web-0/a b.log\",\"offset\":4711,"
            + "\"rule\":\"errors\",\"id\":\"0011223344556677-1267-89abcdef\",";
    private static final String MORE = "\"time\":\"2026-11-30T00:53:20.007Z\",\"host\":\"h1\",\"input\":\"pods\"";

    private final FormFixture fixture = new FormFixture().format(ValueFormat.JSON);

    private String value() {
        return text(fixture.rendered().value());
    }

    @Test
    void theMembersOfTheFileComeFirstAndInTheirOrder() {
        assertThat(value()).isEqualTo(ORIGIN + "\"record\":\"ann paid\"," + MORE + "}");
        assertThat(text(fixture.headOnly().rendered().value()))
                .isEqualTo(ORIGIN + "\"record\":\"ann paid\",\"truncated\":true," + MORE + "}");
    }

    @Test
    void aRecordThatIsNotUtf8IsThereInBase64AsWell() {
        fixture.record(latin1("ERROR \u00e9"));
        assertThat(value())
                .isEqualTo(ORIGIN + "\"record\":\"ERROR \uFFFD\",\"recordBase64\":\"RVJST1Ig6Q==\"," + MORE + "}");
    }

    @Test
    void aReplacementCharacterOfTheRecordsOwnIsUtf8() {
        fixture.record(utf8("ERROR \uFFFD \uD83D\uDE00 \u0000\t\"\\"));
        assertThat(value())
                .isEqualTo(ORIGIN + "\"record\":\"ERROR \uFFFD \\uD83D\\uDE00 \\u0000\\t\\\"\\\\\"," + MORE + "}");
    }

    @Test
    void fieldsAreTextsTheStaticOnesFirstAndEmptyOnesLeftOut() {
        fixture.staticField("env", "prod")
                .staticField("team", "shop")
                .staticField("none", "")
                .field("n", "1.50")
                .field("env", "te\"st")
                .field("empty", "")
                .field("gr\u00f6\u00dfe", "gro\u00df");
        assertThat(value())
                .isEqualTo(ORIGIN + "\"record\":\"ann paid\"," + MORE
                        + ",\"fields\":{\"team\":\"shop\",\"n\":\"1.50\",\"env\":\"te\\\"st\","
                        + "\"gr\u00f6\u00dfe\":\"gro\u00df\"}}");
    }

    @Test
    void anEmptyParsedFieldLeavesTheStaticOne() {
        fixture.staticField("env", "prod").field("env", "");
        assertThat(value()).endsWith(",\"fields\":{\"env\":\"prod\"}}");
    }

    @Test
    void fieldsThatAreNotUtf8AreThereInBase64AsWell() {
        fixture.field("a", "x").field("b", latin1("\u00e9")).field("c", latin1("\u00ff"));
        assertThat(value())
                .endsWith(",\"fields\":{\"a\":\"x\",\"b\":\"\uFFFD\",\"c\":\"\uFFFD\"},"
                        + "\"fieldsBase64\":{\"b\":\"6Q==\",\"c\":\"/w==\"}}");
    }

    @Test
    void timeIsTheTimestampOfTheRecord() {
        fixture.timestamp("{group.time}", "epochSeconds").group("time", "1.5");
        assertThat(value()).contains("\"time\":\"1970-01-01T00:00:01.500Z\"");
    }

    @Test
    void theNeighboursAreCountedWhereTheRuleHasAContext() {
        String context = "\"record\":\"ann paid\",\"context\":{\"before\":%d,\"after\":%d}";
        fixture.context(0, 0);
        assertThat(value()).isEqualTo(ORIGIN + context.formatted(0, 0) + "," + MORE + "}");
        fixture.context(3, 10);
        assertThat(value()).isEqualTo(ORIGIN + context.formatted(3, 10) + "," + MORE + "}");
        assertThat(fixture.format(ValueFormat.RAW).line())
                .isEqualTo(ORIGIN + context.formatted(3, 10) + ",\"topic\":\"logs\"}");
        assertThat(text(fixture.rendered().value())).isEqualTo("ann paid");
    }

    @Test
    void aLineHasTopicKeyHeadersAndTimestampBehindTheRecord() {
        FormFixture line = new FormFixture()
                .topic("t-{group.user}")
                .key("{field.a}")
                .header("user", "{group.user}")
                .header("bytes", "{field.a}")
                .truncatedHeader("truncated")
                .timestamp("{group.time}", "epochMillis")
                .group("user", "ann")
                .group("time", "17")
                .field("a", latin1("k\u00e9"))
                .headOnly();
        String behind = "\"topic\":\"t-ann\",\"key\":\"k\uFFFD\",\"keyBase64\":\"a+k=\","
                + "\"headers\":{\"user\":\"ann\",\"bytes\":\"k\uFFFD\",\"truncated\":\"true\"},"
                + "\"headersBase64\":{\"bytes\":\"a+k=\"},\"timestamp\":17}";
        assertThat(line.line()).isEqualTo(ORIGIN + "\"record\":\"ann paid\",\"truncated\":true," + behind);
        assertThat(line.format(ValueFormat.JSON).line())
                .isEqualTo(ORIGIN + "\"record\":\"ann paid\",\"truncated\":true,"
                        + "\"time\":\"1970-01-01T00:00:00.017Z\",\"host\":\"h1\",\"input\":\"pods\","
                        + "\"fields\":{\"a\":\"k\uFFFD\"},\"fieldsBase64\":{\"a\":\"a+k=\"}," + behind);
    }

    @Test
    void aLineLacksWhatCouldNotBeMade() {
        assertThat(new FormFixture()
                        .topic("t-{group.user}")
                        .key("{group.user}")
                        .header("user", "{group.user}")
                        .timestamp("{group.time}", "epochMillis")
                        .line())
                .isEqualTo(ORIGIN + "\"record\":\"ann paid\",\"headers\":{},\"timestamp\":1796000000007}");
    }

    @Test
    void aLineOfOtlpHasItInBase64() {
        Map<String, Object> line =
                ParsedJson.of(utf8(new FormFixture().format(ValueFormat.OTLP).line()));
        assertThat(line.keySet()).containsExactly("file", "offset", "rule", "id", "record", "otlpBase64", "topic");
        assertThat(Base64.getDecoder().decode((String) line.get("otlpBase64")))
                .isEqualTo(new FormFixture().format(ValueFormat.OTLP).rendered().value());
    }

    @Test
    void manyNamesOfFieldsInTurnsAreEachTheirOwn() {
        RenderedRecord rendered = new RenderedRecord();
        RecordRenderer renderer = fixture.form().newRenderer();
        for (int i = 0; i < 5_000; i++) {
            FormFixture next = new FormFixture().format(ValueFormat.JSON).field("n" + i % 700, "v" + i);
            renderer.render(next.written(), next.origin(), rendered);
            assertThat(ParsedJson.of(rendered.value())).containsEntry("fields", Map.of("n" + i % 700, "v" + i));
        }
    }
}
