package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldParserTest {
    /** A name, the record, the value; none where it is missing, '' where it is empty. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            quoteCharacter = '\'',
            value = {
                // Kinds of values.
                "a | {\"a\":\"x\"} | x",
                "a | {\"a\":\"\"} | ''",
                "a | {\"a\":null} | none",
                "a | {\"a\":true} | true",
                "a | {\"a\":false} | false",
                "a | {\"a\":{}} | none",
                "a | {\"a\":{\"b\":1}} | none",
                "a | {\"a\":[1]} | none",
                "a | {\"b\":1} | none",
                "a | {} | none",
                // Numbers as they are spelled.
                "a | {\"a\":0} | 0",
                "a | {\"a\":-0} | -0",
                "a | {\"a\":1.50} | 1.50",
                "a | {\"a\":1E+2} | 1E+2",
                "a | {\"a\":-12.5e-10} | -12.5e-10",
                "a | {\"a\":123456789012345678901234567890} | 123456789012345678901234567890",
                "a | {\"b\":7,\"a\" : 12 ,\"c\":8} | 12",
                // Texts.
                "a | {\"a\":\"ä€\uD83D\uDE00\"} | ä€\uD83D\uDE00",
                "a | {\"a\":\"q\\\"b\\\\s\\/\"} | q\"b\\s/",
                "a | {\"a\":\"x\\u0041\\u00e4\\u20AC\"} | xAä€",
                "a | {\"a\":\"\\ud83d\\ude00!\"} | \uD83D\uDE00!",
                "a | {\"a\":\"\\ud83d!\"} | \uFFFD!",
                "a | {\"a\":\"\\ude00\\ud83d\"} | \uFFFD\uFFFD",
                "a | {\"a\":\"\\\\\"} | \\",
                // The last of equal keys.
                "a | {\"a\":1,\"a\":2} | 2",
                "a | {\"a\":1,\"a\":null} | none",
                "a | {\"a\":1,\"a\":{\"b\":2}} | none",
                "a.b | {\"a\":{\"b\":1},\"a\":{\"c\":2}} | none",
                "a.b | {\"a\":{\"b\":1},\"a\":3} | none",
                "a.b | {\"a\":{\"b\":1,\"b\":2}} | 2",
                "a | {\"\\u0061\":1} | 1",
                // Nested, and keys with dots.
                "a.b | {\"a\":{\"b\":\"x\"}} | x",
                "a.b | {\"a.b\":\"y\"} | y",
                "a.b | {\"a.b\":\"y\",\"a\":{\"b\":\"x\"}} | y",
                "a.b | {\"a\":{\"b\":\"x\"},\"a.b\":\"y\"} | y",
                "a.b | {\"a\":{\"b\":\"x\"},\"a.b\":null} | none",
                "a.b.c | {\"a\":{\"b\":{\"c\":1}}} | 1",
                "a.b.c | {\"a\":{\"b.c\":2,\"b\":{\"c\":1}}} | 2",
                "a.b.c | {\"a\":{\"b.c\":2},\"a.b\":{\"c\":3}} | 3",
                "a.b.c | {\"a.b\":{\"x\":3},\"a\":{\"b\":{\"c\":1}}} | 1",
                "a.b.c | {\"a.b.c\":4,\"a.b\":{\"c\":3}} | 4",
                "a.b.c | {\"a.b\":{\"c\":3},\"a\":{\"b.c\":2},\"a.b\":{}} | 2",
                "a.b | {\"x\":{\"a\":{\"b\":1}}} | none",
                "a.b | {\"x\":[{\"a\":{\"b\":1}}],\"a\":{\"x\":[[]],\"b\":5}} | 5",
                "a..b | {\"a\":{\"\":{\"b\":6}}} | 6",
                "a. | {\"a\":{\"\":6}} | 6",
                // Elements of arrays.
                "items.0 | {\"items\":[\"x\",\"y\"]} | x",
                "items.1 | {\"items\":[[1,2],\"y\"]} | y",
                "items.2 | {\"items\":[\"x\",\"y\"]} | none",
                "items.0.id | {\"items\":[{\"id\":7}]} | 7",
                "items.0.1 | {\"items\":[[5,6]]} | 6",
                "items.00 | {\"items\":[1]} | none",
                "items.x | {\"items\":[1]} | none",
                "items.0 | {\"items\":{\"0\":\"key\"}} | key",
                "items.0 | {\"items\":[null]} | none",
                "items.10 | {\"items\":[0,1,2,3,4,5,6,7,8,9,\"ten\",11]} | ten",
                // Blanks around.
                "a | ' \t{ \"a\" : 1 }\r' | 1"
            })
    void readsAField(String name, String json, String value) {
        JsonFieldParser parser = new JsonFieldParser(List.of(name));
        Fields fields = parser.newFields();
        byte[] record = bytes(json);

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        assertThat(fields.has(0) ? fields.text(0) : null).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "plain text",
                "{",
                "{\"a\":1",
                "{\"a\":\"x",
                "{\"a\":\"x}",
                "{\"a\":\"x\\",
                "{\"a\":\"x\\\"}",
                "{\"a\":1}}",
                "{\"a\":1} 2",
                "{\"a\":1}{\"a\":2}",
                "{\"a\":1} x",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'x'}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"tab\there\"}",
                "{\"b\":\"line\nend\",\"a\":1}",
                "{\"a\":1,/* no */\"b\":2}",
                "{\"a\":1,\"b\":[1}}",
                "[\"a\"]",
                "\"a\"",
                "1",
                "null",
                "\u0000{\"a\":1}",
                "{\u0000\"\u0000a\u0000",
                "\uFEFF{\"a\":1}"
            })
    void refuses(String json) {
        JsonFieldParser parser = new JsonFieldParser(List.of("a"));
        Fields fields = parser.newFields();
        byte[] before = bytes("{\"a\":\"old\\n\"}");
        assertThat(parser.parse(fields, before, 0, before.length)).isTrue();
        byte[] record = bytes(json);

        assertThat(parser.parse(fields, record, 0, record.length)).isFalse();
        assertThat(fields.has(0)).isFalse();
    }

    static Stream<byte[]> textsThatAreNotUtf8() {
        return Stream.of(new byte[] {(byte) 0xFF}, new byte[] {(byte) 0x80}, new byte[] {(byte) 0xC3, '('}, new byte[] {
            (byte) 0xE2, (byte) 0x82
        });
    }

    /** Wanted or not, so that it does not depend on the configuration which records parse. */
    @Test
    void refusesTextsThatAreNotUtf8() {
        for (String name : List.of("a", "b")) {
            JsonFieldParser parser = new JsonFieldParser(List.of(name));
            textsThatAreNotUtf8().forEach(text -> {
                byte[] record = join(bytes("{\"a\":\""), text, bytes("\"}"));
                assertThat(parser.parse(parser.newFields(), record, 0, record.length))
                        .as("%s in %s", Arrays.toString(text), name)
                        .isFalse();
            });
        }
    }

    @Test
    void aKeyThatIsNotUtf8IsNoShorterKeyThatWasSeenBefore() {
        JsonFieldParser parser = new JsonFieldParser(List.of("a"));
        Fields fields = parser.newFields();
        byte[] record = bytes("{\"a\":1}");
        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();

        byte[] similar = join(bytes("{\""), new byte[] {(byte) 0xFF}, bytes("a\":1}"));
        assertThat(parser.parse(fields, similar, 0, similar.length)).isFalse();
    }

    @Test
    void readsOnlyItsRange() {
        JsonFieldParser parser = new JsonFieldParser(List.of("a", "b"));
        Fields fields = parser.newFields();
        byte[] log = bytes("{\"a\":1}\n {\"a\":\"x\",\"b\":\"\\t\"} \n{\"b\":3}");

        assertThat(parser.parse(fields, log, 8, 28)).isTrue();
        assertThat(fields.text(0)).isEqualTo("x");
        assertThat(fields.isDecoded(0)).isFalse();
        assertThat(fields.start(0)).isEqualTo(15);
        assertThat(fields.end(0)).isEqualTo(16);
        assertThat(fields.bytes(0)).isSameAs(log);
        assertThat(fields.sourceStart(0)).isEqualTo(15);
        assertThat(fields.sourceEnd(0)).isEqualTo(16);
        assertThat(fields.text(1)).isEqualTo("\t");
        assertThat(fields.isDecoded(1)).isTrue();
        assertThat(new String(
                        log,
                        fields.sourceStart(1),
                        fields.sourceEnd(1) - fields.sourceStart(1),
                        StandardCharsets.UTF_8))
                .isEqualTo("\\t");

        assertThat(parser.parse(fields, log, 0, 7)).isTrue();
        assertThat(fields.text(0)).isEqualTo("1");
        assertThat(fields.has(1)).isFalse();
    }

    @Test
    void readsManyNamesAtOnce() {
        List<String> names = List.of("time", "user.name", "user.id", "tags.1", "missing", "msg");
        JsonFieldParser parser = new JsonFieldParser(names);
        Fields fields = parser.newFields();
        byte[] record = bytes("{\"time\":\"T\",\"level\":\"x\",\"user\":{\"id\":5,\"name\":\"A\\u0062\",\"x\":{}},"
                + "\"tags\":[\"p\",\"q\"],\"msg\":\"done \\\"ok\\\"\"}");

        assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
        List<String> values = new ArrayList<>();
        for (String name : names) {
            values.add(fields.text(fields.indexOf(name)));
        }
        assertThat(values).containsExactly("T", "Ab", "5", "q", "", "done \"ok\"");
        assertThat(fields.indexOf("level")).isEqualTo(-1);

        ByteBuilder text = new ByteBuilder(100);
        fields.appendTo(text, 1);
        fields.appendTo(text, 4);
        fields.appendTo(text, 2);
        assertThat(text).hasToString("Ab5");
    }

    @Test
    void depthKeysAndNumbersAreBounded() {
        JsonFieldParser parser = new JsonFieldParser(List.of("a"));
        Fields fields = parser.newFields();
        byte[] deep = bytes("{\"b\":" + "[".repeat(999) + "]".repeat(999) + ",\"a\":1}");
        byte[] tooDeep = bytes("{\"b\":" + "[".repeat(1000) + "]".repeat(1000) + ",\"a\":1}");
        byte[] longKey = bytes("{\"" + "k".repeat(1001) + "\":2,\"a\":1}");
        byte[] longestKey = bytes("{\"" + "k".repeat(1000) + "\":2,\"a\":1}");
        byte[] longNumber = bytes("{\"b\":" + "1".repeat(1001) + ",\"a\":1}");
        byte[] longValue = bytes("{\"b\":\"" + "v".repeat(3_000_000) + "\",\"a\":1}");

        assertThat(parser.parse(fields, deep, 0, deep.length)).isTrue();
        assertThat(parser.parse(fields, tooDeep, 0, tooDeep.length)).isFalse();
        assertThat(parser.parse(fields, longestKey, 0, longestKey.length)).isTrue();
        assertThat(parser.parse(fields, longKey, 0, longKey.length)).isFalse();
        assertThat(parser.parse(fields, longNumber, 0, longNumber.length)).isFalse();
        assertThat(parser.parse(fields, longValue, 0, longValue.length)).isTrue();
        assertThat(fields.text(0)).isEqualTo("1");
    }

    /** Jackson remembers keys: how many there were before must not matter, and must not fill the memory. */
    @Test
    void anyNumberOfDifferentKeysParses() {
        JsonFieldParser parser = new JsonFieldParser(List.of("a"));
        Fields fields = parser.newFields();
        String rest = "k".repeat(90);
        for (int i = 0; i < 100_000; i++) {
            byte[] record = bytes("{\"" + i + rest + "\":1,\"a\":" + i + "}");
            assertThat(parser.parse(fields, record, 0, record.length)).isTrue();
            assertThat(fields.text(0)).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void aNameHasAtMostEightParts() {
        assertThat(new JsonFieldParser(List.of("a.b.c.d.e.f.g.h")).newFields().names())
                .hasSize(1);
        assertThatThrownBy(() -> new JsonFieldParser(List.of("a.b.c.d.e.f.g.h.i")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 8 parts");
        assertThatThrownBy(() -> new JsonFieldParser(List.of("a", "a")).newFields())
                .hasMessage("field 'a' twice");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuilder joined = new ByteBuilder(1000);
        for (byte[] part : parts) {
            joined.append(part);
        }
        return joined.toByteArray();
    }
}
