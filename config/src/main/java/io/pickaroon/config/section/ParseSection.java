package io.pickaroon.config.section;

import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Groups;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.value.ValueType;
import io.pickaroon.config.value.WordOr;
import io.pickaroon.config.yaml.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code parse} of an input. */
final class ParseSection {
    private static final Key<String> REGEX = Key.required("regex", Texts::readRegex);
    private static final Section SECTION =
            new Section("'parse'", List.of(REGEX), (fields, _, reading) -> check(fields, reading));

    static final ValueType<ParseSettings> TYPE =
            new WordOr<>(words(), "{ regex: '..' }", Optional.of(SECTION), ParseSection::readRegex);

    private ParseSection() {}

    private static Choices<ParseSettings> words() {
        Map<String, ParseSettings> words = new LinkedHashMap<>();
        words.put("none", new ParseSettings.None());
        words.put("json", new ParseSettings.Json());
        words.put("logfmt", new ParseSettings.Logfmt());
        return new Choices<>(words);
    }

    private static Optional<ParseSettings> readRegex(Node node, Reading reading) {
        return SECTION.read(node, reading)
                .flatMap(fields -> fields.value(REGEX))
                .map(ParseSettings.Regex::new);
    }

    private static void check(Fields fields, Reading reading) {
        fields.find(REGEX)
                .filter(regex -> Groups.of(regex.value()).names().isEmpty())
                .map(Located::place)
                .ifPresent(place -> reading.report(
                        place,
                        "the expression has no named group, and so reads no field",
                        Optional.of("write (?<name>...) in it")));
    }
}
