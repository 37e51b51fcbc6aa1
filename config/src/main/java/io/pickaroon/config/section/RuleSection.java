package io.pickaroon.config.section;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import io.pickaroon.records.Template;
import io.pickaroon.records.TemplateException;
import io.pickaroon.records.TemplateScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one item of {@code rules}. */
final class RuleSection {
    static final Key<String> ID = Key.required("id", Texts.ID);
    static final Key<List<Located<String>>> INPUTS = Key.optional("inputs", new ListType<>("input's id", Texts.ID, 1));
    static final Key<Fields> MATCH = Key.required("match", MatchSection.SECTION);

    private static final Key<String> TOPIC = Key.required("topic", Texts.TOPIC);
    private static final Key<EmitSettings.Format> FORMAT =
            Key.optional("format", Choices.of(EmitSettings.Format.values()), EmitSettings.Format.RAW);
    private static final Key<HeaderSettings> HEADERS = Key.optional(
            "headers",
            new Choices<>(Map.of("all", new HeaderSettings.All(), "none", new HeaderSettings.None())),
            new HeaderSettings.Default());
    private static final Key<Fields> EMIT =
            Key.optional("emit", new Section("'emit'", List.of(TOPIC, FORMAT, HEADERS), Section.Check.NONE));

    private static final Key<Fields> FIX = Key.optional("fix", FixSection.SECTION);

    static final Section SECTION =
            new Section("an item of 'rules'", List.of(ID, INPUTS, MATCH, EMIT, FIX), RuleSection::check);

    private RuleSection() {}

    static RuleSettings build(Fields fields, List<String> allInputs) {
        return new RuleSettings(
                fields.get(ID),
                fields.value(INPUTS).map(Located::values).orElse(allInputs),
                MatchSection.build(fields.get(MATCH)),
                fields.value(EMIT).map(RuleSection::emit),
                fields.value(FIX).map(FixSection::build),
                MatchSection.isWrittenOut(fields.get(MATCH))
                        && fields.value(FIX).map(FixSection::isWrittenOut).orElse(true));
    }

    private static EmitSettings emit(Fields fields) {
        try {
            return new EmitSettings(
                    Template.parse(fields.get(TOPIC), TemplateScope.of(_ -> null)),
                    Optional.empty(),
                    EmitSettings.Partition.FILE,
                    Optional.empty(),
                    fields.get(HEADERS),
                    fields.get(FORMAT));
        } catch (TemplateException e) {
            throw new IllegalStateException("a topic's name has no braces", e);
        }
    }

    private static void check(Fields fields, Place place, Reading reading) {
        if (!fields.mentions(EMIT) && !fields.mentions(FIX)) {
            reading.report(place, "a rule without 'emit' and 'fix' does nothing; expected at least one of them");
        }
        fields.find(MATCH)
                .ifPresent(match -> fields.find(FIX)
                        .ifPresent(fix -> FixSection.checkAgainst(match.value(), fix.value(), reading)));
    }
}
