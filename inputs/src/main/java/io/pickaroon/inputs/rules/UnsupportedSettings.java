package io.pickaroon.inputs.rules;

import io.pickaroon.config.check.SettingsCheck.Refusal;
import io.pickaroon.config.settings.ContainerSettings;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.RecordSettings;
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
    private static final String ROTATED_AND_EMITS = "'when: rotated' of a rule that emits cannot go with %s: what was"
        + " emitted as two records, because nothing was written for a while, would be one by then; fix at once, or in"
        + " a rule without 'emit'";

    private UnsupportedSettings() {}

    /** What cannot be done; empty if everything can be. */
    public static List<Refusal> in(Settings settings) {
        List<Refusal> refusals = new ArrayList<>();
        for (InputSettings input : settings.inputs()) {
            if (!InputSettings.Start.BEGINNING.equals(input.start())
                    && input.files().include().stream().anyMatch(DecodedFormats::isPatternOfArchives)) {
                refusals.add(new Refusal(
                        "inputs." + input.id() + ".start",
                        "archives have no end to begin at; leave 'start' out, or give them an input of their own"));
            }
            for (RuleSettings rule : settings.rules()) {
                if (rule.inputs().contains(input.id())) {
                    addOf(rule, input, refusals);
                }
            }
        }
        for (RuleSettings rule : settings.rules()) {
            if (rule.changesFiles() && settings.checkpoint().isEmpty()) {
                refusals.add(ofFix(
                        rule,
                        "a fix needs a checkpoint, whose journal brings it to its end after a crash; add"
                                + " 'checkpoint: { path: .. }'"));
            }
        }
        return refusals;
    }

    private static void addOf(RuleSettings rule, InputSettings input, List<Refusal> refusals) {
        RecordSettings records = input.records();
        if (records.container().isPresent()) {
            addOfContainer(rule, input, refusals);
        } else if ((records.multiline().isPresent() || records.flushAfter().isPresent()) && waitsThoughItEmits(rule)) {
            String key = records.multiline().isPresent() ? "multiline" : "flushAfter";
            refusals.add(ofFix(rule, ROTATED_AND_EMITS.formatted("'%s' of input %s".formatted(key, input.id()))));
        }
        if (makesDelimiters(rule, input)) {
            refusals.add(ofFix(
                    rule,
                    ("the fix would write a byte that the delimiter of input %s has, and so make another record of a"
                                    + " part of one; use another character")
                            .formatted(input.id())));
        }
    }

    private static void addOfContainer(RuleSettings rule, InputSettings input, List<Refusal> refusals) {
        boolean isDocker = input.records().container().orElseThrow().format() == ContainerSettings.Format.DOCKER;
        if (isDocker && rule.changesFiles()) {
            refusals.add(ofFix(
                    rule,
                    ("a fix cannot change the files of input %s: what Docker writes has escapes, so the text that"
                        + " matches does not stand in the file byte for byte; with 'when: never' a mask changes what"
                        + " is sent alone")
                            .formatted(input.id())));
        }
        if (waitsThoughItEmits(rule)) {
            refusals.add(ofFix(rule, ROTATED_AND_EMITS.formatted("the container logs of input " + input.id())));
        }
        if (rule.emit().filter(emit -> emit.selection().hasContext()).isPresent()) {
            refusals.add(new Refusal(
                    "rules." + rule.id() + ".emit.context",
                    ("'before' and 'after' cannot go with the container logs of input %s: the lines around a record are"
                                    + " those of other records and streams")
                            .formatted(input.id())));
        }
    }

    private static Refusal ofFix(RuleSettings rule, String why) {
        return new Refusal("rules." + rule.id() + ".fix", why);
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
