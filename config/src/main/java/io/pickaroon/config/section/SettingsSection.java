package io.pickaroon.config.section;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.ProcessSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import io.pickaroon.records.TemplateScope;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the whole file. */
public final class SettingsSection {
    private static final Key<String> INSTANCE = Key.optional("instance", Texts.ID);
    private static final Key<Fields> CHECKPOINT = Key.optional("checkpoint", CheckpointSection.SECTION);
    private static final Key<List<Located<Fields>>> INPUTS =
            Key.required("inputs", new ListType<>("input", InputSection.SECTION, 1));
    private static final Key<List<Located<Fields>>> RULES =
            Key.required("rules", new ListType<>("rule", RuleSection.SECTION, 1));
    private static final Key<Fields> OUTPUT = Key.required("output", OutputSection.SECTION);
    private static final Key<Integer> THREADS = Key.optional("threads", Numbers.integer(1, 1_024));
    static final Key<Integer> MAX_OPEN_FILES = Key.optional("maxOpenFiles", Numbers.integer(1, 100_000), 256);
    static final Key<Duration> LOOK_INTERVAL = Key.optional(
            "lookInterval", Numbers.duration(Duration.ofMillis(100), Duration.ofHours(1)), Duration.ofSeconds(10));
    private static final Key<Duration> STOP_TIMEOUT = Key.optional(
            "stopTimeout", Numbers.duration(Duration.ofSeconds(1), Duration.ofHours(1)), ProcessSettings.STOP_TIMEOUT);
    private static final Key<Fields> HTTP = Key.optional("http", HttpSection.SECTION);
    private static final Key<Fields> AUDIT = Key.optional("audit", AuditSection.SECTION);

    public static final Section SECTION = new Section(
            "the file",
            List.of(
                    INSTANCE,
                    CHECKPOINT,
                    INPUTS,
                    RULES,
                    OUTPUT,
                    THREADS,
                    MAX_OPEN_FILES,
                    LOOK_INTERVAL,
                    STOP_TIMEOUT,
                    HTTP,
                    AUDIT),
            SettingsSection::check);

    private SettingsSection() {}

    /**
     * The settings of a file that was read.
     *
     * @param scope what templates may name beside what is known of their records
     */
    public static Settings build(Fields fields, Machine machine, TemplateScope scope) {
        List<Located<Fields>> inputs = fields.get(INPUTS);
        return new Settings(
                fields.value(INSTANCE),
                fields.value(CHECKPOINT).map(CheckpointSection::build),
                inputs(inputs, scope),
                rules(fields.get(RULES), inputs, scope),
                OutputSection.build(fields.get(OUTPUT)),
                new ProcessSettings(
                        fields.value(THREADS).orElseGet(machine::processors),
                        fields.get(MAX_OPEN_FILES),
                        fields.get(LOOK_INTERVAL),
                        fields.get(STOP_TIMEOUT),
                        fields.value(HTTP).map(HttpSection::build),
                        fields.value(AUDIT).map(AuditSection::build)));
    }

    static List<InputSettings> inputs(List<Located<Fields>> inputs, TemplateScope scope) {
        return Located.values(inputs).stream()
                .map(input -> InputSection.build(input, scope))
                .toList();
    }

    static List<RuleSettings> rules(List<Located<Fields>> rules, List<Located<Fields>> inputs, TemplateScope scope) {
        List<String> inputIds = Located.values(inputs).stream()
                .map(input -> input.get(InputSection.ID))
                .toList();
        return Located.values(rules).stream()
                .map(rule -> RuleSection.build(
                        rule,
                        inputIds,
                        RecordNames.addTo(
                                scope, List.copyOf(namesOf(rule, inputs).values()))))
                .toList();
    }

    /** Where the globs of each input stand, by the input's id. */
    public static Map<String, List<Place>> includePlaces(Fields fields) {
        Map<String, List<Place>> places = new HashMap<>();
        Located.values(fields.get(INPUTS))
                .forEach(input -> places.put(input.get(InputSection.ID), InputSection.includePlaces(input)));
        return places;
    }

    /** Where the keys of inputs and rules stand, by names such as {@code rules.cards.fix}, in which "cards" is the id. */
    public static Map<String, Place> itemPlaces(Fields fields) {
        Map<String, Place> places = new HashMap<>();
        addPlaces(INPUTS, InputSection.ID, fields, places);
        addPlaces(RULES, RuleSection.ID, fields, places);
        return places;
    }

    private static void addPlaces(
            Key<List<Located<Fields>>> list, Key<String> id, Fields fields, Map<String, Place> places) {
        for (Located<Fields> item : fields.get(list)) {
            String name = list.name() + "." + item.value().get(id);
            places.put(name, item.place());
            item.value().places().forEach((key, place) -> places.put(name + "." + key, place));
        }
    }

    private static void check(Fields fields, Place place, Reading reading) {
        if (fields.mentions(AUDIT) && !fields.mentions(CHECKPOINT)) {
            reading.report(
                    fields.placeOf(AUDIT),
                    "an audit trail needs a checkpoint, which keeps where it ends",
                    Optional.of("add 'checkpoint: { path: .. }'"));
        }
        check(
                fields.find(INPUTS).map(Located::value).orElse(List.of()),
                fields.find(RULES).map(Located::value).orElse(List.of()),
                fields.value(OUTPUT).flatMap(OutputSection::remedyForRefusedRecords),
                reading);
    }

    /**
     * Checks what inputs and rules demand of each other.
     *
     * @param remedy what keeps a record that cannot be sent from stopping a run; empty if it does not stop one
     */
    static void check(
            List<Located<Fields>> inputs, List<Located<Fields>> rules, Optional<String> remedy, Reading reading) {
        Set<String> inputIds = uniqueIds(inputs, InputSection.ID, "input", reading);
        uniqueIds(rules, RuleSection.ID, "rule", reading);
        boolean allInputsKnown = inputs.stream()
                .allMatch(input -> input.value().find(InputSection.ID).isPresent());
        if (allInputsKnown && !inputs.isEmpty()) {
            rules.forEach(rule -> checkInputs(rule.value(), inputIds, reading));
            rules.forEach(rule -> checkDelimiters(rule.value(), inputs, reading));
            rules.forEach(rule -> checkLines(rule.value(), inputs, reading));
            rules.forEach(rule -> checkNames(rule.value(), inputs, remedy, reading));
            rules.forEach(rule -> checkMask(rule.value(), rules, inputs, reading));
        }
    }

    private static void checkNames(
            Fields rule, List<Located<Fields>> inputs, Optional<String> remedy, Reading reading) {
        Map<String, RecordNames> names = namesOf(rule, inputs);
        if (!names.isEmpty()) {
            RuleSection.checkNames(rule, names, remedy, reading);
        }
    }

    /** A mask of what is emitted needs a rule that emits it. */
    private static void checkMask(
            Fields rule, List<Located<Fields>> rules, List<Located<Fields>> inputs, Reading reading) {
        Set<String> own = namesOf(rule, inputs).keySet();
        boolean isUsed = Located.values(rules).stream()
                .filter(RuleSection::emits)
                .anyMatch(other ->
                        !Collections.disjoint(own, namesOf(other, inputs).keySet()));
        if (!isUsed && !own.isEmpty()) {
            RuleSection.masksOthers(rule)
                    .ifPresent(place -> reading.report(
                            place,
                            "'never' masks what is emitted, and no rule emits records of the inputs of this one",
                            Optional.of("add 'emit' to a rule of them")));
        }
    }

    /** The inputs that a rule reads, by id, and what is known of their records. */
    private static Map<String, RecordNames> namesOf(Fields rule, List<Located<Fields>> inputs) {
        Map<String, RecordNames> names = new LinkedHashMap<>();
        inputsOf(rule, inputs).forEach(input -> names.put(input.get(InputSection.ID), InputSection.names(input)));
        return names;
    }

    private static List<Fields> inputsOf(Fields rule, List<Located<Fields>> inputs) {
        Optional<List<String>> chosen =
                rule.find(RuleSection.INPUTS).map(Located::value).map(Located::values);
        return Located.values(inputs).stream()
                .filter(input -> chosen.map(ids -> ids.contains(input.get(InputSection.ID)))
                        .orElse(!rule.mentions(RuleSection.INPUTS)))
                .toList();
    }

    private static void checkDelimiters(Fields rule, List<Located<Fields>> inputs, Reading reading) {
        List<Optional<String>> delimiters = inputsOf(rule, inputs).stream()
                .map(InputSection::delimiterOutsideOfRecords)
                .toList();
        if (!delimiters.isEmpty()) {
            rule.find(RuleSection.MATCH)
                    .ifPresent(match -> MatchSection.checkDelimiters(match.value(), delimiters, reading));
        }
    }

    private static void checkLines(Fields rule, List<Located<Fields>> inputs, Reading reading) {
        List<String> ofLines = inputsOf(rule, inputs).stream()
                .filter(input -> !InputSection.joinsLines(input))
                .map(input -> input.get(InputSection.ID))
                .toList();
        rule.find(RuleSection.MATCH).ifPresent(match -> MatchSection.checkLines(match.value(), ofLines, reading));
    }

    private static Set<String> uniqueIds(List<Located<Fields>> items, Key<String> idKey, String noun, Reading reading) {
        Map<String, Place> firstPlaces = new HashMap<>();
        for (Located<Fields> item : items) {
            item.value().find(idKey).ifPresent(id -> {
                Place first = firstPlaces.putIfAbsent(id.value(), id.place());
                if (first != null) {
                    reading.report(
                            id.place(),
                            "the " + noun + " of line " + first.line() + " has the id "
                                    + Mismatch.quoted(id.value()) + " too; every " + noun
                                    + " needs its own");
                }
            });
        }
        return firstPlaces.keySet();
    }

    private static void checkInputs(Fields rule, Set<String> inputIds, Reading reading) {
        Set<String> named = new HashSet<>();
        rule.find(RuleSection.INPUTS).map(Located::value).orElse(List.of()).forEach(id -> {
            if (!inputIds.contains(id.value())) {
                reading.report(
                        id.place(),
                        "there is no input with the id " + Mismatch.quoted(id.value()),
                        Suggestion.didYouMean(id.value(), inputIds));
            } else if (!named.add(id.value())) {
                reading.report(id.place(), "the input " + Mismatch.quoted(id.value()) + " is named twice");
            }
        });
    }
}
