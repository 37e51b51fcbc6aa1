package io.pickaroon.config.properties;

import io.pickaroon.config.settings.DetectorName;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.value.Choices;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the conditions of rules. Those of a list have no names of their own: they get numbers, from 1. */
final class MatchProperties {
    private MatchProperties() {}

    static void write(String property, MatchSettings match, PropertyWriter writer) {
        switch (match) {
            case MatchSettings.Literal(String text, boolean ignoreCase) -> {
                writer.put(property + ".literal", text);
                ignoreCase(property, ignoreCase, writer);
            }
            case MatchSettings.AnyOf(List<String> texts, boolean ignoreCase) -> {
                writer.list(property + ".anyOf", texts);
                ignoreCase(property, ignoreCase, writer);
            }
            case MatchSettings.Regex(String expression, boolean ignoreCase) -> {
                writer.put(property + ".regex", expression);
                ignoreCase(property, ignoreCase, writer);
            }
            case MatchSettings.Detect(List<DetectorName> detectors, var _) ->
                writer.list(
                        property + ".detect",
                        detectors.stream().map(Choices::word).toList());
            case MatchSettings.All(List<MatchSettings> conditions) -> list(property + ".all", conditions, writer);
            case MatchSettings.Any(List<MatchSettings> conditions) -> list(property + ".any", conditions, writer);
            case MatchSettings.Not(MatchSettings condition) -> write(property + ".not", condition, writer);
            case MatchSettings.Field(String name, MatchSettings.FieldTest test) -> {
                writer.put(property + ".field.name", name);
                field(property + ".field", test, writer);
            }
        }
    }

    private static void ignoreCase(String property, boolean ignoreCase, PropertyWriter writer) {
        writer.putUnless(false, property + ".ignoreCase", ignoreCase, Boolean.toString(ignoreCase));
    }

    private static void list(String property, List<MatchSettings> conditions, PropertyWriter writer) {
        List<String> names = IntStream.rangeClosed(1, conditions.size())
                .mapToObj(Integer::toString)
                .toList();
        writer.list(property, names);
        for (int i = 0; i < conditions.size(); i++) {
            write(property + "." + names.get(i), conditions.get(i), writer);
        }
    }

    private static void field(String property, MatchSettings.FieldTest test, PropertyWriter writer) {
        switch (test) {
            case MatchSettings.Equal(String text) -> writer.put(property + ".equals", text);
            case MatchSettings.In(List<String> texts) -> writer.list(property + ".in", texts);
            case MatchSettings.Matches(String expression) -> writer.put(property + ".matches", expression);
        }
    }
}
