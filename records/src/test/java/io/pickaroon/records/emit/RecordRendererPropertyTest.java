package io.pickaroon.records.emit;

import static io.pickaroon.records.emit.FormFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is rendered is what replacing names one by one makes, whatever values a record has. */
class RecordRendererPropertyTest {
    private static final List<String> NAMES = List.of(
            "{host}",
            "{offset}",
            "{id}",
            "{time}",
            "{path.pod}",
            "{group.user}",
            "{field.a}",
            "{field.b}",
            "{field.c}");

    @Provide
    Arbitrary<List<String>> pieces() {
        Arbitrary<String> names = Arbitraries.of(NAMES);
        Arbitrary<String> defaults = names.map(name -> name.replace("}", ":no}"));
        Arbitrary<String> texts = Arbitraries.of("-", "x/y", "\u00e9", "\uD83D\uDE00");
        return Arbitraries.oneOf(names, defaults, texts).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<Map<String, String>> values() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars('a', '{', '}', '"', '\\', '\u0001', '\u00e9', '\uFFFD', '.', '/')
                .ofMaxLength(6);
        return Arbitraries.maps(Arbitraries.of("group.user", "field.a", "field.b", "field.d"), texts);
    }

    @Property(tries = 3000)
    void rendersWhatReplacingMakes(
            @ForAll("pieces") List<String> pieces,
            @ForAll("values") Map<String, String> values,
            @ForAll boolean parses) {
        FormFixture fixture = fixture(values, parses);
        fixture.topic("abc" + String.join("", pieces))
                .key(String.join("", pieces))
                .header("h", String.join("", pieces));
        RenderedRecord made = fixture.rendered();
        Optional<String> expected = naive(pieces, parses ? values : onlyGroups(values));

        assertThat(made.problem().isPresent()).isEqualTo(expected.isEmpty());
        assertThat(text(made.key())).isEqualTo(expected.orElse(""));
        assertThat(made.headerCount() == 0 ? "" : text(made.headerValue(0))).isEqualTo(expected.orElse(""));
        boolean named = pieces.stream().anyMatch(piece -> piece.startsWith("{"));
        assertThat(made.topic())
                .isEqualTo(expected.map(key -> "abc"
                                + (named
                                        ? key.codePoints()
                                                .mapToObj(RecordRendererPropertyTest::inTopic)
                                                .collect(Collectors.joining())
                                        : key))
                        .orElse(""));
    }

    private static String inTopic(int character) {
        String allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
        return allowed.indexOf(character) >= 0 ? Character.toString(character) : "_";
    }

    private static Map<String, String> onlyGroups(Map<String, String> values) {
        Map<String, String> groups = new LinkedHashMap<>(values);
        groups.keySet().removeIf(name -> name.startsWith("field."));
        return groups;
    }

    private static Optional<String> naive(List<String> pieces, Map<String, String> ofRecord) {
        Map<String, String> values = new LinkedHashMap<>(Map.of(
                "host", "h1",
                "offset", "4711",
                "id", WrittenRecord.ID,
                "time", WrittenRecord.READ_TIME,
                "path.pod", "web-0",
                "field.c", "static"));
        values.putAll(ofRecord);
        StringBuilder made = new StringBuilder();
        for (String piece : pieces) {
            if (!piece.startsWith("{")) {
                made.append(piece);
                continue;
            }
            String name = piece.substring(1, piece.length() - 1).replace(":no", "");
            String value = values.getOrDefault(name, "");
            if (value.isEmpty() && !piece.endsWith(":no}")) {
                return Optional.empty();
            }
            made.append(value.isEmpty() ? "no" : value);
        }
        return Optional.of(made.toString());
    }

    private static FormFixture fixture(Map<String, String> values, boolean parses) {
        FormFixture fixture = new FormFixture().staticField("c", "static");
        values.forEach((name, value) -> {
            if (name.startsWith("group.")) {
                fixture.group("user", value);
            } else if (parses) {
                fixture.field(name.substring("field.".length()), value);
            }
        });
        return parses ? fixture : fixture.notParsed();
    }

    /** Any bytes: JSON holds them as text with U+FFFD, and exactly in base64 where they are not UTF-8. */
    @Property(tries = 3000)
    void jsonHoldsAllBytes(@ForAll byte[] record, @ForAll byte[] field) {
        FormFixture fixture =
                new FormFixture().format(ValueFormat.JSON).record(record).field("a", field);
        Map<String, Object> members = ParsedJson.of(fixture.rendered().value());
        assertBytes(members, "record", record);
        if (field.length == 0) {
            assertThat(members).doesNotContainKeys("fields", "fieldsBase64");
        } else {
            Map<String, Object> fields = new LinkedHashMap<>(Map.of("a", ((Map<?, ?>) members.get("fields")).get("a")));
            if (members.get("fieldsBase64") instanceof Map<?, ?> exact) {
                fields.put("aBase64", exact.get("a"));
            }
            assertBytes(fields, "a", field);
        }
    }

    private static void assertBytes(Map<String, Object> members, String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(members).containsEntry(name, text);
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            assertThat(members).doesNotContainKey(name + "Base64");
        } else {
            assertThat(Base64.getDecoder().decode((String) members.get(name + "Base64")))
                    .isEqualTo(bytes);
        }
    }
}
