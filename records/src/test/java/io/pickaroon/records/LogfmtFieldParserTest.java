package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogfmtFieldParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            quoteCharacter = '`',
            value = {
                "a | a=1 | 1",
                "a | b=2 a=1 c=3 | 1",
                "a | `  a=1\t\r` | 1",
                "a | a= b=1 | ``",
                "a | a=\"\" | ``",
                "a | b=1 | none",
                "a | `` | none",
                "a | a | true",
                "a | x a y | true",
                "a | a=1 a | true",
                "a | a a=1 | 1",
                "a | a=1 a=2 | 2",
                "a | ab=1 | none",
                "a | ba=1 | none",
                "a | A=1 | none",
                "a.b | a.b=1 | 1",
                "größe | größe=weiß | weiß",
                "url | url=http://x/?a=b&c=\"d\" n=1 | http://x/?a=b&c=\"d\"",
                "a | a==1 | =1",
                "a | a=\"x y\" b=2 | x y",
                "b | a=\"b=1 c\" b=2 | 2",
                "a | a=\"q\\\"b\\\\s\\/\" | q\"b\\s/",
                "a | a=\"x\\u0041\\u00e4\\ud83d\\ude00\\ud83d!\" | xAä\uD83D\uDE00\uFFFD!",
                "a | a=\"C:\\dir\\u12\" | C:\\dir\\u12",
                "a | a=\\\"x | \\\"x",
                "a | it took=5 words a=1 | 1"
            })
    void readsAField(String name, String logfmt, String value) {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of(name));
        Fields fields = parser.newFields();
        byte[] record = bytes(logfmt);

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        assertThat(fields.has(0) ? fields.text(0) : null).isEqualTo(value);
    }

    @Test
    void quotesHoldLineFeeds() {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of("a", "b"));
        Fields fields = parser.newFields();
        byte[] record = bytes("a=\"x\ny\" b=\"t\\tn\\n\"");

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        assertThat(fields.text(0)).isEqualTo("x\ny");
        assertThat(fields.text(1)).isEqualTo("t\tn\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=\"x",
                "a=\"x\\\"",
                "a=\"x\\",
                "a=\"",
                "a=1 b=\"x y",
                "a=\"x\"y",
                "a=\"x\"b=1",
                "\"a\"=1",
                "a\"b=1",
                "a=1 \"text\"",
                "=1",
                "a=1 = b"
            })
    void refuses(String logfmt) {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of("a"));
        Fields fields = parser.newFields();
        byte[] before = bytes("a=old");
        assertThat(parser.parse(fields, before, 0, before.length)).isTrue();
        byte[] record = bytes(logfmt);

        assertThat(parser.parse(fields, record, 0, record.length)).isFalse();
        assertThat(fields.has(0)).isFalse();
    }

    @Test
    void readsOnlyItsRange() {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of("a", "b", "c", "d"));
        Fields fields = parser.newFields();
        byte[] log = bytes("a=0 b=1\na=x b=\"y\\tz\" c d=\"q\"\nc=1");

        assertThat(parser.parse(fields, log, 8, 29)).isTrue();
        assertThat(fields.bytes(0)).isSameAs(log);
        assertThat(fields.start(0)).isEqualTo(10);
        assertThat(fields.end(0)).isEqualTo(11);
        assertThat(fields.isDecoded(0)).isFalse();
        assertThat(fields.text(1)).isEqualTo("y\tz");
        assertThat(fields.isDecoded(1)).isTrue();
        assertThat(source(fields, log, 1)).isEqualTo("y\\tz");
        assertThat(fields.text(2)).isEqualTo("true");
        assertThat(fields.isDecoded(2)).isTrue();
        assertThat(source(fields, log, 2)).isEmpty();
        assertThat(fields.text(3)).isEqualTo("q");
        assertThat(source(fields, log, 3)).isEqualTo("q");
    }

    @Test
    void bytesThatAreNotUtf8StayAsTheyAre() {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of("a"));
        Fields fields = parser.newFields();
        byte[] record = {'a', '=', (byte) 0xFF, (byte) 0x80, ' ', (byte) 0xC3, '=', '1'};

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        ByteBuilder value = new ByteBuilder(10);
        fields.appendTo(value, 0);
        assertThat(value.toByteArray()).containsExactly(0xFF, 0x80);
    }

    @Test
    void parsingAllocatesNothing() {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of("level", "msg", "retried"));
        Fields fields = parser.newFields();
        byte[] record = bytes("time=2026-11-29T08:05:30Z level=info msg=\"said \\\"hello\\\" to all\" retried n=17");
        assertThat(Allocation.bytesPerCall(() -> parser.parse(fields, record, 0, record.length)))
                .isZero();
        assertThat(fields.text(1)).isEqualTo("said \"hello\" to all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | {}",
                "b=1 a=x | {b=1, a=x}",
                "a=1 b=2 a=3 | {a=3, b=2}",
                "a=1 took a | {a=true, took=true}",
                "a= b=\"\" | {a=, b=}",
                "a.b=1 a=\"x\\ty\" | `{a.b=1, a=x\ty}`"
            })
    void readsAllFields(String logfmt, String fields) {
        assertThat(ReadFields.read(new LogfmtFieldParser(List.of(), true), logfmt))
                .hasToString(fields);
    }

    @Test
    void manyFieldsAndLongNamesAreLeftOutUnlessTheyAreWanted() {
        String longName = "n".repeat(1001);
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of(longName), true);
        Fields fields = parser.newFields();
        String most = IntStream.range(0, 1_000).mapToObj(i -> "k" + i).collect(Collectors.joining(" "));
        byte[] record = bytes(most + " k0=0 " + longName + "=x");

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        assertThat(fields.count()).isEqualTo(1_001);
        assertThat(fields.text(0)).isEqualTo("x");
        assertThat(fields.text(1)).isEqualTo("0");
        assertThat(fields.isCut()).isFalse();

        for (String more : List.of(most + " more k1=1", most.substring(5) + " m" + longName)) {
            byte[] cut = bytes(more);
            assertThat(parser.parse(fields, cut, 0, cut.length)).isTrue();
            assertThat(fields.isCut()).as(more.substring(more.length() - 10)).isTrue();
            assertThat(fields.has(0)).isFalse();
        }
    }

    @Test
    void keysThatAreNotUtf8AreLeftOut() {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of(), true);
        Fields fields = parser.newFields();
        byte[] record = {'a', '=', (byte) 0xFF, ' ', (byte) 0xC3, '=', '1', ' ', (byte) 0xC3, (byte) 0xA9, '=', '2'};

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        assertThat(fields.isCut()).isTrue();
        assertThat(fields.count()).isEqualTo(2);
        assertThat(fields.name(1)).containsExactly(0xC3, 0xA9);
        assertThat(fields.text(1)).isEqualTo("2");
    }

    @Test
    void parsingAllFieldsAllocatesNothing() {
        LogfmtFieldParser parser = new LogfmtFieldParser(List.of("level"), true);
        Fields fields = parser.newFields();
        byte[] record = bytes(
                "time=2026-11-29T08:05:30Z level=info msg=\"said \\\"hello\\\" to all\" retried gr\u00f6\u00dfe=17");
        assertThat(Allocation.bytesPerCall(() -> parser.parse(fields, record, 0, record.length)))
                .isZero();
        assertThat(fields.count()).isEqualTo(5);
    }

    private static String source(Fields fields, byte[] log, int index) {
        int start = fields.sourceStart(index);
        return new String(log, start, fields.sourceEnd(index) - start, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
