package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.NestedSection;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code match} of a rule, and the conditions in it. */
final class MatchSection {
    static final Key<String> LITERAL = Key.optional("literal", Texts.LITERAL);
    static final Key<List<Located<String>>> ANY_OF = Key.optional("anyOf", new ListType<>("text", Texts.LITERAL, 1));
    static final Key<String> REGEX = Key.optional("regex", Texts::readRegex);
    static final Key<List<Located<DetectSection.Detected>>> DETECT = Key.optional("detect", DetectSection.TYPE);
    private static final NestedSection CONDITION = new NestedSection(() -> MatchSection.SECTION);
    private static final Key<List<Located<Fields>>> ALL =
            Key.optional("all", new ListType<>("condition", CONDITION, 1));
    private static final Key<List<Located<Fields>>> ANY =
            Key.optional("any", new ListType<>("condition", CONDITION, 1));
    private static final Key<Fields> NOT = Key.optional("not", CONDITION);
    private static final Key<Fields> FIELD = Key.optional("field", FieldSection.SECTION);
    private static final Key<Boolean> IGNORE_CASE = Key.optional("ignoreCase", Choices.BOOLEAN, false);

    private static final List<Key<?>> PATTERNS = List.of(LITERAL, ANY_OF, REGEX);
    private static final List<Key<?>> KINDS = List.of(LITERAL, ANY_OF, REGEX, DETECT, ALL, ANY, NOT, FIELD);

    static final Section SECTION = new Section(
            "'match'", List.of(LITERAL, ANY_OF, REGEX, DETECT, ALL, ANY, NOT, FIELD, IGNORE_CASE), MatchSection::check);

    private MatchSection() {}

    static MatchSettings build(Fields fields) {
        boolean ignoreCase = fields.get(IGNORE_CASE);
        if (fields.mentions(LITERAL)) {
            return new MatchSettings.Literal(fields.value(LITERAL).orElseThrow(), ignoreCase);
        }
        if (fields.mentions(ANY_OF)) {
            return new MatchSettings.AnyOf(Located.values(fields.value(ANY_OF).orElseThrow()), ignoreCase);
        }
        if (fields.mentions(REGEX)) {
            return new MatchSettings.Regex(fields.value(REGEX).orElseThrow(), ignoreCase);
        }
        if (fields.mentions(DETECT)) {
            return DetectSection.build(fields.value(DETECT).orElseThrow());
        }
        if (fields.mentions(FIELD)) {
            return FieldSection.build(fields.value(FIELD).orElseThrow());
        }
        List<MatchSettings> conditions =
                conditions(fields).stream().map(MatchSection::build).toList();
        return fields.mentions(ALL)
                ? new MatchSettings.All(conditions)
                : fields.mentions(ANY)
                        ? new MatchSettings.Any(conditions)
                        : new MatchSettings.Not(conditions.getFirst());
    }

    /** Whether no variable and no file brings a part of what is looked for. */
    static boolean isWrittenOut(Fields fields) {
        return fields.isWrittenOut(LITERAL)
                && fields.isWrittenOut(REGEX)
                && fields.find(ANY_OF).map(Located::value).orElse(List.of()).stream()
                        .allMatch(text -> text.written().isEmpty())
                && fields.value(FIELD).map(FieldSection::isWrittenOut).orElse(true)
                && conditions(fields).stream().allMatch(MatchSection::isWrittenOut);
    }

    /** The conditions with something that is found in a record: those below no {@code not}. */
    static List<Fields> positive(Fields fields) {
        if (fields.mentions(DETECT) || PATTERNS.stream().anyMatch(fields::mentions)) {
            return List.of(fields);
        }
        return fields.mentions(NOT)
                ? List.of()
                : conditions(fields).stream()
                        .flatMap(condition -> positive(condition).stream())
                        .toList();
    }

    /** The expressions below a {@code not}: what a record has that they match is not sent. */
    static List<Fields> negated(Fields fields) {
        List<Fields> inside = conditions(fields);
        return inside.stream()
                .flatMap(condition -> (fields.mentions(NOT) ? allPatterns(condition) : negated(condition)).stream())
                .toList();
    }

    private static List<Fields> allPatterns(Fields fields) {
        return Stream.concat(
                        Stream.of(fields).filter(condition -> condition.mentions(REGEX)),
                        conditions(fields).stream().flatMap(condition -> allPatterns(condition).stream()))
                .toList();
    }

    /** The conditions that each record fulfils which the whole fulfils. */
    static Stream<Fields> required(Fields fields) {
        return fields.mentions(ALL) ? conditions(fields).stream().flatMap(MatchSection::required) : Stream.of(fields);
    }

    /** The names of fields that are asked for. */
    static List<Located<String>> fieldNames(Fields fields) {
        List<Located<String>> names = new ArrayList<>();
        fields.value(FIELD).flatMap(field -> field.find(FieldSection.NAME)).ifPresent(names::add);
        conditions(fields).forEach(condition -> names.addAll(fieldNames(condition)));
        return names;
    }

    /** Whether every condition says what it is, without a mistake. */
    static boolean isClear(Fields fields) {
        return KINDS.stream().filter(fields::mentions).count() == 1
                && KINDS.stream()
                        .allMatch(kind ->
                                !fields.mentions(kind) || fields.find(kind).isPresent())
                && conditions(fields).stream().allMatch(MatchSection::isClear);
    }

    /** Refuses texts that every record ends at, so that none can hold them. */
    static void checkDelimiters(Fields match, List<Optional<String>> delimiters, Reading reading) {
        for (Fields condition : positive(match)) {
            List<Located<String>> texts =
                    new ArrayList<>(condition.find(ANY_OF).map(Located::value).orElse(List.of()));
            condition.find(LITERAL).ifPresent(texts::add);
            texts.stream()
                    .filter(text -> delimiters.stream()
                            .allMatch(delimiter ->
                                    delimiter.filter(text.value()::contains).isPresent()))
                    .forEach(text -> reading.report(
                            text.place(),
                            "no record holds " + Mismatch.quoted(text.value())
                                    + ": there is a 'delimiter' in it, which ends a record"));
        }
    }

    /** Refuses detectors that find nothing in the records of an input. */
    static void checkLines(Fields match, List<String> inputsOfLines, Reading reading) {
        DetectSection.ofSeveralLines(match.find(DETECT).map(Located::value).orElse(List.of()))
                .forEach(detector -> inputsOfLines.forEach(input -> reading.report(
                        detector.place(),
                        Mismatch.quoted(Choices.word(detector.value()))
                                + " is found over several lines, and each line of input " + Mismatch.quoted(input)
                                + " is a record of its own",
                        Optional.of("add 'multiline' to it"))));
        conditions(match).forEach(condition -> checkLines(condition, inputsOfLines, reading));
    }

    private static List<Fields> conditions(Fields fields) {
        List<Fields> conditions = new ArrayList<>();
        fields.find(ALL).ifPresent(all -> conditions.addAll(Located.values(all.value())));
        fields.find(ANY).ifPresent(any -> conditions.addAll(Located.values(any.value())));
        fields.find(NOT).ifPresent(not -> conditions.add(not.value()));
        return conditions;
    }

    private static void check(Fields fields, Place place, Reading reading) {
        SECTION.requireExactlyOne(KINDS, fields, place, reading);
        boolean isPattern = PATTERNS.stream().anyMatch(fields::mentions);
        if (fields.mentions(IGNORE_CASE) && !isPattern && KINDS.stream().anyMatch(fields::mentions)) {
            reading.report(
                    fields.placeOf(IGNORE_CASE),
                    "'ignoreCase' has a meaning only with " + Section.list(List.of("literal", "anyOf", "regex"))
                            + "; give it to each of them");
        }
    }
}
