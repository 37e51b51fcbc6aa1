package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.decode.DecodedFormats;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings that are valid and that this version cannot do yet. To ignore one silently could cost data: a card number
 * that stays on disk, a record that a consumer sees twice.
 */
public final class UnsupportedSettings {
    private UnsupportedSettings() {}

    /** One line for each, with the place in the configuration; empty if everything can be done. */
    public static List<String> in(Settings settings) {
        List<String> lines = new ArrayList<>();
        for (InputSettings input : settings.inputs()) {
            if (input.start() == InputSettings.Start.END
                    && input.files().include().stream().anyMatch(DecodedFormats::isPatternOfArchives)) {
                lines.add("input " + input.id() + ": archives have no end to begin at; leave 'start: end' out, or give"
                        + " them an input of their own");
            }
            if (input.records().multiline().isPresent()
                    || input.records().flushAfter().isPresent()) {
                settings.rules().stream()
                        .filter(rule -> rule.inputs().contains(input.id()) && waitsThoughItEmits(rule))
                        .forEach(rule ->
                                lines.add(("rule %s: 'when: rotated' of a rule that emits cannot go with '%s' of input"
                                    + " %s: what was emitted as two records, because nothing was written for a while,"
                                    + " would be one by then; fix at once, or in a rule without 'emit'")
                                        .formatted(
                                                rule.id(),
                                                input.records().multiline().isPresent() ? "multiline" : "flushAfter",
                                                input.id())));
            }
        }
        for (InputSettings input : settings.inputs()) {
            settings.rules().stream()
                    .filter(rule -> rule.inputs().contains(input.id()) && makesDelimiters(rule, input))
                    .forEach(
                            rule -> lines.add(("rule %s: the fix would write a byte that the delimiter of input %s has,"
                                            + " and so make another record of a part of one; use another character")
                                    .formatted(rule.id(), input.id())));
        }
        for (RuleSettings rule : settings.rules()) {
            if (rule.changesFiles() && settings.checkpoint().isEmpty()) {
                lines.add("rule " + rule.id() + ": a fix needs a checkpoint, whose journal brings it to its end after a"
                        + " crash; add 'checkpoint: { path: .. }'");
            }
        }
        return lines;
    }

    private static boolean makesDelimiters(RuleSettings rule, InputSettings input) {
        try {
            rule.fix()
                    .ifPresent(fix -> EngineInputs.fix(fix)
                            .requireNothingOf(
                                    EngineInputs.delimiter(input.records().delimiter())));
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static boolean waitsThoughItEmits(RuleSettings rule) {
        return rule.emit().isPresent()
                && rule.fix()
                        .filter(fix -> fix.when() == FixSettings.When.ROTATED)
                        .isPresent();
    }
}
