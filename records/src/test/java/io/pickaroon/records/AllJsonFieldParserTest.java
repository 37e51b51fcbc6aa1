package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllJsonFieldParserTest {
    /** A record, and the fields that are read of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{} | {}",
                "{\"b\":1.50,\"a\":\"x\"} | {b=1.50, a=x}",
                "{\"a\":null,\"b\":{},\"c\":[],\"d\":true} | {d=true}",
                "{\"a\":{\"b\":{\"c\":1},\"d\":2}} | {a.b.c=1, a.d=2}",
                "{\"items\":[\"x\",null,{\"id\":7},[5]]} | {items.0=x, items.2.id=7, items.3.0=5}",
                "{\"a\":\"\\u0041\\n\",\"\\u0062\":1} | '{a=A\n, b=1}'",
                // Of equal keys the last counts, with all that is in it.
                "{\"a\":1,\"b\":2,\"a\":3} | {b=2, a=3}",
                "{\"a\":{\"b\":1,\"c\":2},\"a\":{\"b\":3}} | {a.b=3}",
                "{\"a\":{\"b\":1},\"a\":null} | {}",
                // A key with a dot hides what is nested, even if it has no value.
                "{\"a\":{\"b\":1,\"c\":2},\"a.b\":3} | {a.c=2, a.b=3}",
                "{\"a.b\":null,\"a\":{\"b\":1}} | {}",
                "{\"a.b\":{\"x\":3},\"a\":{\"b\":1,\"b.x\":4}} | {a.b.x=3}",
                "{\"a.b\":{\"c\":3},\"a\":{\"b.c\":2},\"a.b\":{}} | {a.b.c=2}",
                "{\"a.0\":1,\"a\":[2,3]} | {a.0=1, a.1=3}",
                "{\"\":{\"\":1},\"x\":{\"\":2}} | {.=1, x.=2}"
            })
    void readsAllFields(String json, String fields) {
        assertThat(ReadFields.read(FieldParser.json(List.of(), true), json)).hasToString(fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":\"x",
                "[1]",
                "{\"\\ud800\":1}",
                "{\"a\":1,}",
                "{\"a\":\"tab\there\"}"
            })
    void refuses(String json) {
        FieldParser parser = FieldParser.json(List.of("a"), true);
        Fields fields = parser.newFields();
        byte[] before = bytes("{\"a\":1,\"b\":2,\"" + "k".repeat(999) + "\":{\"c\":3}}");
        assertThat(parser.parse(fields, before, 0, before.length)).isTrue();
        assertThat(fields.count()).isEqualTo(2);
        assertThat(fields.isCut()).isTrue();
        byte[] record = bytes(json);

        assertThat(parser.parse(fields, record, 0, record.length)).isFalse();
        assertThat(fields.count()).isEqualTo(1);
        assertThat(fields.has(0)).isFalse();
        assertThat(fields.isCut()).isFalse();
    }

    @Test
    void wantedFieldsComeFirst() {
        FieldParser parser = FieldParser.json(List.of("user.id", "none", "z"), true);
        Fields fields = parser.newFields();
        byte[] record = bytes("{\"a\":1,\"z\":2,\"user\":{\"name\":\"n\",\"id\":3}}");

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        assertThat(IntStream.range(0, fields.count())
                        .mapToObj(i -> new String(fields.name(i), StandardCharsets.UTF_8) + "=" + fields.text(i)))
                .containsExactly("user.id=3", "none=", "z=2", "a=1", "user.name=n");
        assertThat(fields.has(1)).isFalse();
    }

    @Test
    void theFirstThousandOthersAreKept() {
        FieldParser parser = FieldParser.json(List.of("last"), true);
        String most = numbered(1_000);

        Fields fields = read(parser, "{" + most + ",\"last\":\"x\"}");
        assertThat(fields.count()).isEqualTo(1_001);
        assertThat(fields.isCut()).isFalse();
        assertThat(fields.text(0)).isEqualTo("x");

        // One more, a wanted one behind it, and a key that comes again: only its last place counts.
        fields = read(parser, "{" + most + ",\"more\":1,\"last\":\"x\",\"k7\":\"again\"}");
        assertThat(fields.count()).isEqualTo(1_001);
        assertThat(fields.isCut()).isTrue();
        assertThat(fields.text(0)).isEqualTo("x");
        assertThat(ReadFields.of(fields)).containsEntry("more", "1").doesNotContainKey("k7");
    }

    @Test
    void longNamesAreLeftOutUnlessTheyAreWanted() {
        String long1 = "k".repeat(500) + "." + "l".repeat(499);
        String json = "{\"" + "k".repeat(500) + "\":{\"" + "l".repeat(499) + "\":1,\"" + "m".repeat(500) + "\":2}}";
        String tooLong = "k".repeat(500) + "." + "m".repeat(500);

        Fields fields = read(FieldParser.json(List.of(), true), json);
        assertThat(ReadFields.of(fields)).isEqualTo(Map.of(long1, "1"));
        assertThat(fields.isCut()).isTrue();

        fields = read(FieldParser.json(List.of(tooLong), true), json);
        assertThat(ReadFields.of(fields)).isEqualTo(Map.of(long1, "1", tooLong, "2"));
        assertThat(fields.isCut()).isFalse();
    }

    @Test
    void ofTooManyValuesOnlyWantedOnesAreKept() {
        FieldParser parser = FieldParser.json(List.of("a"), true);
        String most = "{\"a\":1,\"v\":[0" + ",0".repeat(65_530) + "],\"b\":2}";
        Fields fields = read(parser, most);
        assertThat(fields.count()).isEqualTo(1_001);
        assertThat(fields.text(0)).isEqualTo("1");

        fields = read(parser, "{\"v\":[0" + ",0".repeat(65_600) + "],\"b\":[1,{\"c\":2}],\"a\":2}");
        assertThat(fields.count()).isEqualTo(1);
        assertThat(fields.text(0)).isEqualTo("2");
        assertThat(fields.isCut()).isTrue();

        assertThat(ReadFields.of(read(parser, "{\"a\":1,\"b\":2}"))).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    /** Many ways to one name, and deep nests: names are compared often then, but not all with all. */
    @Test
    void manyWaysToOneNameAreRead() {
        String ways = ways(13);
        Map<String, String> read = ReadFields.read(FieldParser.json(List.of(), true), ways);
        assertThat(read).isEqualTo(Map.of("a" + ".a".repeat(12), "12"));
    }

    /** An object with all ways to split a name of so many parts; values are the number of dots in the last keys. */
    private static String ways(int parts) {
        return IntStream.rangeClosed(1, parts)
                .mapToObj(first ->
                        "\"a" + ".a".repeat(first - 1) + "\":" + (first == parts ? first - 1 : ways(parts - first)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void anyNumberOfNamesIsRead() {
        FieldParser parser = FieldParser.json(List.of("a"), true);
        Fields fields = parser.newFields();
        String rest = "k".repeat(90);
        for (int i = 0; i < 20_000; i++) {
            byte[] record = bytes("{\"" + i + rest + "\":1,\"a\":" + i + "}");
            assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
            assertThat(fields.text(0)).isEqualTo(Integer.toString(i));
            assertThat(fields.name(1)).isEqualTo(bytes(i + rest));
        }
    }

    @Test
    void aWantedNameHasAtMostEightParts() {
        assertThatThrownBy(() -> FieldParser.json(List.of("a.b.c.d.e.f.g.h.i"), true))
                .hasMessageContaining("more than 8 parts");
        assertThat(ReadFields.read(
                        FieldParser.json(List.of(), true), "{\"a.b.c.d.e.f.g.h.i\":1,\"a\":{\"b.c.d.e.f.g.h.i\":2}}"))
                .isEqualTo(Map.of("a.b.c.d.e.f.g.h.i", "1"));
    }

    private static String numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(","));
    }

    private static Fields read(FieldParser parser, String json) {
        Fields fields = parser.newFields();
        byte[] record = bytes(json);
        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        return fields;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
