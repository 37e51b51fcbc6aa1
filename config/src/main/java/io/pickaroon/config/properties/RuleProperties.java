package io.pickaroon.config.properties;

import io.pickaroon.config.section.ConnectorSection;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Choices;
import java.util.Collections;
import java.util.List;

/** Writes the rules. What a task cannot do of them is left out, and said. */
final class RuleProperties {
    private RuleProperties() {}

    static void write(Settings settings, PropertyWriter writer) {
        List<RuleSettings> rules = settings.rules().stream()
                .filter(rule -> rule.emit().isPresent() || masks(rule, settings))
                .toList();
        if (!rules.isEmpty()) {
            writer.list("rules", rules.stream().map(RuleSettings::id).toList());
        }
        for (RuleSettings rule : settings.rules()) {
            if (rules.contains(rule)) {
                rule(rule, settings, writer);
            } else {
                writer.note(
                        "rules." + rule.id(),
                        "it is left out: it sends nothing, and a task changes no file; the host that owns the files"
                                + " fixes them, by a configuration of its own or with 'pickaroon fix --delivered-by'");
            }
        }
        if (rules.isEmpty()) {
            writer.note("rules", "none is left for a connector");
        }
    }

    private static void rule(RuleSettings rule, Settings settings, PropertyWriter writer) {
        String prefix = "rules." + rule.id() + ".";
        List<String> inputs = settings.inputs().stream().map(InputSettings::id).toList();
        if (!rule.inputs().equals(inputs)) {
            writer.list(prefix + "inputs", rule.inputs());
        }
        if (hasRulesOfFiles(rule)) {
            writer.note(
                    prefix + "match",
                    "it is left out: " + ConnectorSection.NO_RULES_OF_FILES + "; name detectors, or write expressions");
        } else if (rule.isWrittenOut()) {
            MatchProperties.write(prefix + "match", rule.match(), writer);
        } else {
            writer.note(
                    prefix + "match",
                    "it is left out, with 'fix': a variable or a file brings a part of them, which may be a secret;"
                            + " write it with a config provider");
        }
        rule.emit().ifPresent(emit -> EmitProperties.write(prefix + "emit.", emit, writer));
        rule.fix().filter(_ -> rule.isWrittenOut()).ifPresent(fix -> fix(prefix + "fix", fix, rule, settings, writer));
    }

    private static boolean hasRulesOfFiles(RuleSettings rule) {
        return hasRulesOfFiles(rule.match());
    }

    private static boolean hasRulesOfFiles(MatchSettings match) {
        return switch (match) {
            case MatchSettings.Detect detect -> !detect.secrets().isEmpty();
            case MatchSettings.All(List<MatchSettings> parts) ->
                parts.stream().anyMatch(RuleProperties::hasRulesOfFiles);
            case MatchSettings.Any(List<MatchSettings> parts) ->
                parts.stream().anyMatch(RuleProperties::hasRulesOfFiles);
            case MatchSettings.Not(MatchSettings part) -> hasRulesOfFiles(part);
            case MatchSettings.Literal _, MatchSettings.AnyOf _, MatchSettings.Regex _, MatchSettings.Field _ -> false;
        };
    }

    private static void fix(
            String property, FixSettings fix, RuleSettings rule, Settings settings, PropertyWriter writer) {
        if (!masks(rule, settings)) {
            writer.note(
                    property,
                    "it is left out: a task changes no file; the host that owns the files fixes them afterwards, with"
                            + " 'pickaroon fix --delivered-by'");
            return;
        }
        if (fix.when() != FixSettings.When.NEVER) {
            writer.note(
                    property + ".when",
                    "it is 'never': a task masks what it sends and changes no file; the host that owns the files fixes"
                            + " them afterwards, with 'pickaroon fix --delivered-by'");
        }
        if (fix.change() instanceof FixSettings.Mask(char character, int keepFirst, int keepLast)) {
            writer.put(property + ".mask", Character.toString(character));
            writer.put(property + ".group", fix.group());
            writer.putUnless(0, property + ".keepFirst", keepFirst, Integer.toString(keepFirst));
            writer.putUnless(0, property + ".keepLast", keepLast, Integer.toString(keepLast));
        } else if (fix.change() instanceof FixSettings.DetectorMask(char character)) {
            writer.put(property + ".mask", Character.toString(character));
        }
        writer.put(property + ".when", Choices.word(FixSettings.When.NEVER));
    }

    /** Whether a rule masks what is sent, by itself or by another one. */
    private static boolean masks(RuleSettings rule, Settings settings) {
        return rule.fix()
                        .filter(fix -> !(fix.change() instanceof FixSettings.Replace))
                        .isPresent()
                && settings.rules().stream()
                        .filter(other -> other.emit().isPresent())
                        .anyMatch(other -> !Collections.disjoint(other.inputs(), rule.inputs()));
    }
}
