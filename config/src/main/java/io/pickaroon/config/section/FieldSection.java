package io.pickaroon.config.section;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import java.util.List;
import java.util.Optional;

/** Reads {@code field} of a condition. */
final class FieldSection {
    static final Key<String> NAME = Key.required("name", Texts.FIELD);
    private static final Key<String> EQUALS = Key.optional("equals", Texts.FIELD_VALUE);
    private static final Key<List<Located<String>>> IN =
            Key.optional("in", new ListType<>("text", Texts.FIELD_VALUE, 1));
    private static final Key<String> MATCHES = Key.optional("matches", Texts::readRegex);

    static final Section SECTION = new Section("'field'", List.of(NAME, EQUALS, IN, MATCHES), FieldSection::check);

    private FieldSection() {}

    static MatchSettings.Field build(Fields fields) {
        Optional<MatchSettings.FieldTest> equal = fields.value(EQUALS).map(MatchSettings.Equal::new);
        return new MatchSettings.Field(
                fields.get(NAME),
                equal.or(() -> fields.value(IN).map(texts -> new MatchSettings.In(Located.values(texts))))
                        .orElseGet(() -> new MatchSettings.Matches(fields.get(MATCHES))));
    }

    /** Whether no variable and no file brings a part of what is looked for. */
    static boolean isWrittenOut(Fields fields) {
        return fields.isWrittenOut(EQUALS)
                && fields.isWrittenOut(MATCHES)
                && fields.find(IN).map(Located::value).orElse(List.of()).stream()
                        .allMatch(text -> text.written().isEmpty());
    }

    private static void check(Fields fields, Place place, Reading reading) {
        SECTION.requireExactlyOne(List.of(EQUALS, IN, MATCHES), fields, place, reading);
    }
}
