package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.ContainerSettings;
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
            if (!InputSettings.Start.BEGINNING.equals(input.start())
                    && input.files().include().stream().anyMatch(DecodedFormats::isPatternOfArchives)) {
                lines.add("input " + input.id() + ": archives have no end to begin at; leave 'start' out, or give"
                        + " them an input of their own");
            }
            if (input.records().container().isPresent()) {
                settings.rules().stream()
                        .filter(rule -> rule.inputs().contains(input.id()))
                        .forEach(rule -> addOfContainer(rule, input, lines));
            } else if (input.records().multiline().isPresent()
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

    private static void addOfContainer(RuleSettings rule, InputSettings input, List<String> lines) {
        boolean isDocker = input.records().container().orElseThrow().format() == ContainerSettings.Format.DOCKER;
        if (isDocker && rule.changesFiles()) {
            lines.add(("rule %s: a fix cannot change the files of input %s: what Docker writes has escapes, so the"
                + " text that matches does not stand in the file byte for byte; with 'when: never' a mask changes what"
                + " is sent alone")
                    .formatted(rule.id(), input.id()));
        }
        if (waitsThoughItEmits(rule)) {
            lines.add(("rule %s: 'when: rotated' of a rule that emits cannot go with the container logs of input %s:"
                + " what was emitted as two records, because nothing was written for a while, would be one by then;"
                + " fix at once, or in a rule without 'emit'")
                    .formatted(rule.id(), input.id()));
        }
        if (rule.emit().filter(emit -> emit.selection().hasContext()).isPresent()) {
            lines.add(("rule %s: 'before' and 'after' cannot go with the container logs of input %s: the lines around a"
                            + " record are those of other records and streams")
                    .formatted(rule.id(), input.id()));
        }
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
