package io.pickaroon.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of any record all fields are read, each as if it were wanted alone, and none is missing. */
class AllFieldsPropertyTest {
    /** Both are used for every record: what is left of one must not show in the next. */
    private final FieldParser json = FieldParser.json(List.of(), true);

    private final FieldParser logfmt = FieldParser.logfmt(List.of(), true);
    private final Fields jsonFields = json.newFields();
    private final Fields logfmtFields = logfmt.newFields();

    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> keys =
                Arbitraries.of("a", "b", "a.b", "b.a", "", ".", "a.b.a", "0", "1", "a.0", "\\u0061", "\u00e9");
        Arbitrary<String> leaves = Arbitraries.of(
                "null",
                "true",
                "false",
                "1",
                "-1.50",
                "1E+2",
                "{}",
                "[]",
                "\"\"",
                "\"x\"",
                "\"\u20ac\"",
                "\"\\n\\u0041\"");
        Arbitrary<String> values = Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        leaves,
                        object(keys, Arbitraries.oneOf(inner, leaves)),
                        Arbitraries.oneOf(inner, leaves)
                                .list()
                                .ofMaxSize(3)
                                .map(elements -> "[" + String.join(", ", elements) + "]")),
                0,
                3);
        return object(keys, values);
    }

    private static Arbitrary<String> object(Arbitrary<String> keys, Arbitrary<String> values) {
        return Combinators.combine(keys, values)
                .as((key, value) -> "\"" + key + "\" : " + value)
                .list()
                .ofMaxSize(5)
                .map(members -> "{" + String.join(",", members) + "}");
    }

    @Provide
    Arbitrary<String> pairs() {
        Arbitrary<String> keys = Arbitraries.of("a", "b", "ab", "a.b", "\u00e9", "A");
        Arbitrary<String> values = Arbitraries.of(
                "", "=", "=1", "=x=y", "=\"\"", "=\"x y\"", "=\"\\\"\\u0041\\q\"", "=x\"", "=\"\u20ac\"");
        return Combinators.combine(keys, values)
                .as((key, value) -> key + value)
                .list()
                .ofMaxSize(8)
                .map(list -> String.join(" ", list));
    }

    @Property(tries = 5000)
    void readsAllOfJson(@ForAll("objects") String text, @ForAll("names") Set<String> names) throws IOException {
        byte[] log = ("  " + text).getBytes(StandardCharsets.UTF_8);

        assertThat(json.parse(jsonFields, log, 1, log.length)).isTrue();
        ReadFields.assertAsWantedAlone(jsonFields, JsonFieldParser::new, log, 1, log.length);
        Map<String, String> values = ReadFields.of(jsonFields);
        assertThat(values).isEqualTo(NaiveFields.of(text));
        assertThat(jsonFields.isCut()).isFalse();

        assertWantedFirst(FieldParser.json(List.copyOf(names), true), names, log, values);
    }

    @Property(tries = 5000)
    void readsAllOfLogfmt(@ForAll("pairs") String text, @ForAll("names") Set<String> names) {
        byte[] log = (" " + text).getBytes(StandardCharsets.UTF_8);

        assertThat(logfmt.parse(logfmtFields, log, 1, log.length)).isTrue();
        ReadFields.assertAsWantedAlone(logfmtFields, LogfmtFieldParser::new, log, 1, log.length);
        Map<String, String> values = ReadFields.of(logfmtFields);
        Set<String> keys = new LinkedHashSet<>();
        // No value here has a blank that a key follows, but for the one whose rest is no key.
        for (String pair : text.replace("x y", "xy").split(" ")) {
            keys.add(pair.replaceFirst("=.*", ""));
        }
        keys.remove("");
        assertThat(values.keySet()).isEqualTo(keys);
        assertThat(logfmtFields.isCut()).isFalse();

        assertWantedFirst(FieldParser.logfmt(List.copyOf(names), true), names, log, values);
    }

    @Provide
    Arbitrary<Set<String>> names() {
        return Arbitraries.of("a", "a.b", "a.b.a", "", "b.0", "none", "a.b.a.b.a.b.a.b")
                .set()
                .ofMaxSize(4);
    }

    private static void assertWantedFirst(
            FieldParser parser, Set<String> names, byte[] log, Map<String, String> values) {
        Fields fields = parser.newFields();
        assertThat(parser.parse(fields, log, 1, log.length)).isTrue();
        List<String> wanted = List.copyOf(names);
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.get(i);
            assertThat(fields.name(i)).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
            assertThat(fields.has(i) ? fields.text(i) : null).as(name).isEqualTo(values.get(name));
        }
        assertThat(ReadFields.of(fields)).isEqualTo(values);
    }
}
