package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What parsers of all fields read, for tests. */
final class ReadFields {
    private ReadFields() {}

    /** Values by name, in their order; of those that the record has. */
    static Map<String, String> of(Fields fields) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.count(); i++) {
            if (fields.has(i)) {
                assertThat(values.put(new String(fields.name(i), StandardCharsets.UTF_8), fields.text(i)))
                        .as("a name comes once")
                        .isNull();
            }
        }
        return values;
    }

    /** Reads all fields of a text; null if it does not parse. */
    static Map<String, String> read(FieldParser parser, String text) {
        Fields fields = parser.newFields();
        byte[] record = text.getBytes(StandardCharsets.UTF_8);
        return parser.parse(fields, record, 0, record.length) ? of(fields) : null;
    }

    /** Compares each field with what a parser for its name alone reads, places included. */
    static void assertAsWantedAlone(
            Fields fields, Function<List<String>, FieldParser> wanted, byte[] log, int from, int to) {
        for (int i = 0; i < fields.count(); i++) {
            String name = new String(fields.name(i), StandardCharsets.UTF_8);
            if (name.chars().filter(c -> c == '.').count() >= WantedKey.MOST_PARTS) {
                continue;
            }
            FieldParser parser = wanted.apply(List.of(name));
            Fields alone = parser.newFields();
            assertThat(parser.parse(alone, log, from, to)).isTrue();
            assertThat(fields.has(i)).as(name).isEqualTo(alone.has(0));
            if (fields.has(i)) {
                assertThat(places(fields, i)).as(name).isEqualTo(places(alone, 0));
                assertThat(value(fields, i)).as(name).isEqualTo(value(alone, 0));
                if (!fields.isDecoded(i)) {
                    assertThat(fields.bytes(i)).isSameAs(log);
                }
            }
        }
    }

    private static byte[] value(Fields fields, int index) {
        return Arrays.copyOfRange(fields.bytes(index), fields.start(index), fields.end(index));
    }

    private static List<Object> places(Fields fields, int index) {
        return List.of(fields.isDecoded(index), fields.sourceStart(index), fields.sourceEnd(index));
    }
}
