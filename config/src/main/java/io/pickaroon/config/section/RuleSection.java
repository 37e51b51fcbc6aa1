package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Groups;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import io.pickaroon.records.TemplateScope;
import io.pickaroon.records.Variable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one item of {@code rules}. */
final class RuleSection {
    static final Key<String> ID = Key.required("id", Texts.ID);
    static final Key<List<Located<String>>> INPUTS = Key.optional("inputs", new ListType<>("input's id", Texts.ID, 1));
    static final Key<Fields> MATCH = Key.required("match", MatchSection.SECTION);

    private static final Key<Fields> EMIT = Key.optional("emit", EmitSection.SECTION);
    private static final Key<Fields> FIX = Key.optional("fix", FixSection.SECTION);

    static final Section SECTION =
            new Section("an item of 'rules'", List.of(ID, INPUTS, MATCH, EMIT, FIX), RuleSection::check);

    private RuleSection() {}

    /** @param scope what is known of the records of its inputs */
    static RuleSettings build(Fields fields, List<String> allInputs, TemplateScope scope) {
        return new RuleSettings(
                fields.get(ID),
                fields.value(INPUTS).map(Located::values).orElse(allInputs),
                MatchSection.build(fields.get(MATCH)),
                fields.value(EMIT).map(emit -> EmitSection.build(emit, withGroups(fields, scope))),
                fields.value(FIX).map(fix -> FixSection.build(fix, fields.get(MATCH))),
                MatchSection.isWrittenOut(fields.get(MATCH))
                        && fields.value(FIX).map(FixSection::isWrittenOut).orElse(true));
    }

    static boolean emits(Fields fields) {
        return fields.mentions(EMIT);
    }

    /** Where the rule says that it only masks what is emitted, if it emits nothing itself. */
    static Optional<Place> masksOthers(Fields fields) {
        return emits(fields) ? Optional.empty() : fields.value(FIX).flatMap(FixSection::neverPlace);
    }

    /**
     * Checks what the rule asks of its records.
     *
     * @param inputs those that it reads, by id
     * @param remedy what keeps a record that cannot be sent from stopping a run; empty if it does not stop one
     */
    static void checkNames(Fields fields, Map<String, RecordNames> inputs, Optional<String> remedy, Reading reading) {
        TemplateScope scope = withGroups(fields, RecordNames.addTo(reading.scope(), List.copyOf(inputs.values())));
        fields.value(EMIT).ifPresent(emit -> EmitSection.checkTemplates(emit, scope, remedy, reading));
        fields.value(MATCH)
                .map(MatchSection::fieldNames)
                .orElse(List.of())
                .forEach(name -> checkField(name, inputs, reading));
    }

    private static void checkField(Located<String> name, Map<String, RecordNames> inputs, Reading reading) {
        List<String> without = inputs.keySet().stream()
                .filter(input -> !inputs.get(input).hasField(name.value()))
                .toList();
        String quoted = Mismatch.quoted(name.value());
        if (without.size() < inputs.size()) {
            without.forEach(input -> reading.warn(
                    name.place(),
                    "no record of the input '" + input + "' has a field " + quoted
                            + ", so that the condition is false for all of them",
                    Optional.empty()));
        } else if (inputs.values().stream().allMatch(RecordNames::hasNoFields)) {
            reading.report(
                    name.place(),
                    "no input of the rule has fields",
                    Optional.of("add 'parse' to it, or 'fields' with " + quoted));
        } else {
            Set<String> known = inputs.values().stream()
                    .flatMap(input -> input.fields().stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            reading.report(
                    name.place(),
                    "no input of the rule has a field " + quoted,
                    Suggestion.didYouMean(name.value(), known)
                            .or(() -> Optional.of("its fields are " + Section.list(List.copyOf(known)))));
        }
    }

    /** Adds the groups of the expressions. Of those that several have, one may be asked that took no part. */
    private static TemplateScope withGroups(Fields fields, TemplateScope scope) {
        Optional<Fields> match = fields.value(MATCH);
        List<String> names = match.map(MatchSection::positive).orElse(List.of()).stream()
                .flatMap(RuleSection::groups)
                .flatMap(groups -> groups.names().stream())
                .toList();
        List<String> certain = match.stream()
                .flatMap(MatchSection::required)
                .flatMap(RuleSection::groups)
                .flatMap(groups -> groups.certain().stream())
                .filter(name -> Collections.frequency(names, name) == 1)
                .toList();
        List<String> negated = match.map(MatchSection::negated).orElse(List.of()).stream()
                .flatMap(RuleSection::groups)
                .flatMap(groups -> groups.names().stream())
                .toList();
        boolean isKnown = match.filter(MatchSection::isClear).isPresent();
        TemplateScope known = scope.withNames(Variable.GROUP, names)
                .withCertainNames(Variable.GROUP, certain)
                .withHiddenNames(
                        Variable.GROUP, negated, "stands below 'not': what it matches is in no record of the rule");
        return isKnown ? known : known.withAnyName(Variable.GROUP);
    }

    private static Stream<Groups> groups(Fields condition) {
        return condition.find(MatchSection.REGEX).map(Located::value).map(Groups::of).stream();
    }

    private static void check(Fields fields, Place place, Reading reading) {
        if (!fields.mentions(EMIT) && !fields.mentions(FIX)) {
            reading.report(place, "a rule without 'emit' and 'fix' does nothing; expected at least one of them");
        }
        fields.find(MATCH)
                .ifPresent(match ->
                        fields.find(FIX).ifPresent(fix -> FixSection.checkAgainst(match.value(), fix, reading)));
        if (fields.value(FIX).filter(FixSection::changesFiles).isPresent()) {
            fields.value(EMIT)
                    .flatMap(EmitSection::leavesOutPlace)
                    .ifPresent(sample -> reading.report(
                            sample,
                            "the fix would change records that 'sample' leaves out, and nothing is changed that was not"
                                    + " delivered",
                            Optional.of("leave 'sample' out, or give the fix a rule without 'emit'; a mask with 'when:"
                                    + " never' changes no file")));
        }
    }
}
