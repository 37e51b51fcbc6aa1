package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.RegexRecordParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What reads the fields of an input's records. */
final class InputParsers {
    private InputParsers() {}

    /** The parser of an input; static fields are among its fields where a rule of the input asks for them. */
    static Optional<RecordParser> of(InputSettings input, List<RuleSettings> rules) {
        Optional<RecordParser> parsed = parsed(input.origin().parse());
        Map<String, String> fields = input.origin().fields();
        boolean asked = !fields.isEmpty()
                && rules.stream()
                        .filter(rule -> rule.inputs().contains(input.id()))
                        .flatMap(rule -> fieldsOf(rule.match()))
                        .anyMatch(fields::containsKey);
        return asked ? Optional.of(new StaticFields(parsed, fields)) : parsed;
    }

    private static Optional<RecordParser> parsed(ParseSettings parse) {
        if (parse instanceof ParseSettings.None) {
            return Optional.empty();
        }
        return Optional.of(
                switch (parse) {
                    case ParseSettings.Json _ -> FieldRecordParser.JSON;
                    case ParseSettings.Regex(String expression) -> new RegexRecordParser(expression);
                    case ParseSettings.Logfmt _, ParseSettings.None _ -> FieldRecordParser.LOGFMT;
                });
    }

    private static Stream<String> fieldsOf(MatchSettings match) {
        return switch (match) {
            case MatchSettings.Field(String name, MatchSettings.FieldTest _) -> Stream.of(name);
            case MatchSettings.All(List<MatchSettings> parts) -> parts.stream().flatMap(InputParsers::fieldsOf);
            case MatchSettings.Any(List<MatchSettings> parts) -> parts.stream().flatMap(InputParsers::fieldsOf);
            case MatchSettings.Not(MatchSettings part) -> fieldsOf(part);
            default -> Stream.of();
        };
    }
}
