package io.pickaroon.app.configuration;

import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.OriginSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.ParseSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Settings that are read and checked, and that nothing carries out yet. */
final class NotYetSettings {
    private NotYetSettings() {}

    static List<String> in(Settings settings) {
        List<String> lines = new ArrayList<>();
        settings.inputs().forEach(input -> addThoseOf(input, lines));
        settings.rules().forEach(rule -> addThoseOf(rule, lines));
        if (settings.output() instanceof OutputSettings.Kafka kafka && kafka.maxTopics() != OutputSettings.Topics.MAX) {
            lines.add("output.kafka: 'maxTopics' has no effect in this version; remove it");
        }
        return lines;
    }

    private static void addThoseOf(InputSettings input, List<String> lines) {
        OriginSettings origin = input.origin();
        String place = "input " + input.id();
        add(origin.host().isPresent(), place, "host", lines);
        add(!origin.fields().isEmpty(), place, "fields", lines);
        add(origin.path().isPresent(), place, "path", lines);
        add(!(origin.parse() instanceof ParseSettings.None), place, "parse", lines);
    }

    private static void addThoseOf(RuleSettings rule, List<String> lines) {
        String place = "rule " + rule.id();
        add(isCompound(rule.match()), place, "match with all, any, not or field", lines);
        rule.emit().ifPresent(emit -> addThoseOf(emit, place, lines));
        add(rule.fix().filter(fix -> fix.when() == FixSettings.When.NEVER).isPresent(), place, "when: never", lines);
    }

    private static void addThoseOf(EmitSettings emit, String place, List<String> lines) {
        add(!emit.topic().isLiteral(), place, "topic with names in braces", lines);
        add(emit.key().isPresent(), place, "key", lines);
        add(emit.partition() == EmitSettings.Partition.KEY, place, "partition: key", lines);
        add(emit.timestamp().isPresent(), place, "timestamp", lines);
        add(emit.headers() instanceof HeaderSettings.Listed, place, "headers with a list", lines);
        add(emit.format() == EmitSettings.Format.OTLP, place, "format: otlp", lines);
    }

    private static boolean isCompound(MatchSettings match) {
        return switch (match) {
            case MatchSettings.Literal _, MatchSettings.AnyOf _, MatchSettings.Regex _ -> false;
            default -> true;
        };
    }

    private static void add(boolean isThere, String place, String setting, List<String> lines) {
        if (isThere) {
            lines.add(place + ": '" + setting + "' cannot be carried out by this version; remove it");
        }
    }
}
