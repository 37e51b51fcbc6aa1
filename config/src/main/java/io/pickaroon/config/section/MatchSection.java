package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code match} of a rule. */
final class MatchSection {
    static final Key<String> LITERAL = Key.optional("literal", Texts.LITERAL);
    static final Key<List<Located<String>>> ANY_OF = Key.optional("anyOf", new ListType<>("text", Texts.LITERAL, 1));
    static final Key<String> REGEX = Key.optional("regex", Texts::readRegex);
    private static final Key<Boolean> IGNORE_CASE = Key.optional("ignoreCase", Choices.BOOLEAN, false);

    static final Section SECTION =
            new Section("'match'", List.of(LITERAL, ANY_OF, REGEX, IGNORE_CASE), MatchSection::check);

    private MatchSection() {}

    static MatchSettings build(Fields fields) {
        boolean ignoreCase = fields.get(IGNORE_CASE);
        Optional<MatchSettings> literal =
                fields.value(LITERAL).map(text -> new MatchSettings.Literal(text, ignoreCase));
        return literal.or(() ->
                        fields.value(ANY_OF).map(texts -> new MatchSettings.AnyOf(Located.values(texts), ignoreCase)))
                .orElseGet(() -> new MatchSettings.Regex(fields.get(REGEX), ignoreCase));
    }

    /** Whether no variable and no file brings a part of what is looked for. */
    static boolean isWrittenOut(Fields fields) {
        return fields.isWrittenOut(LITERAL)
                && fields.isWrittenOut(REGEX)
                && fields.find(ANY_OF).map(Located::value).orElse(List.of()).stream()
                        .allMatch(text -> text.written().isEmpty());
    }

    /** Refuses texts that every record ends at, so that none can hold them. */
    static void checkDelimiters(Fields match, List<Optional<String>> delimiters, Reading reading) {
        List<Located<String>> texts =
                new ArrayList<>(match.find(ANY_OF).map(Located::value).orElse(List.of()));
        match.find(LITERAL).ifPresent(texts::add);
        texts.stream()
                .filter(text -> delimiters.stream()
                        .allMatch(delimiter ->
                                delimiter.filter(text.value()::contains).isPresent()))
                .forEach(text -> reading.report(
                        text.place(),
                        "no record holds " + Mismatch.quoted(text.value())
                                + ": there is a 'delimiter' in it, which ends" + " a record"));
    }

    private static void check(Fields fields, Place place, Reading reading) {
        SECTION.requireExactlyOne(List.of(LITERAL, ANY_OF, REGEX), fields, place, reading);
    }
}
