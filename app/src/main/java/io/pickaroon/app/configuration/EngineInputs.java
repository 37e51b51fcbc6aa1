package io.pickaroon.app.configuration;

import io.pickaroon.app.decode.DecodedFormats;
import io.pickaroon.app.input.InputFiles;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.MultilineSettings;
import io.pickaroon.config.settings.RecordSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.scan.Fix;
import io.pickaroon.processor.scan.Multiline;
import io.pickaroon.processor.scan.Pattern;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns the inputs and rules of a configuration into those of the engine. */
public final class EngineInputs {
    private EngineInputs() {}

    /** The inputs, in the order of the configuration. */
    public static List<LogInput> of(Settings settings, InputFiles files, boolean fromBeginning) {
        return settings.inputs().stream()
                .map(input -> new LogInput(
                        input.id(),
                        files.discovery(input.id()),
                        input.start() == InputSettings.Start.END && !fromBeginning,
                        reading(input),
                        rules(settings.rules(), input.id())))
                .toList();
    }

    private static Reading reading(InputSettings input) {
        RecordSettings records = input.records();
        Optional<Duration> timeout = records.multiline().map(MultilineSettings::timeout);
        return new Reading(
                new WindowPlan(input.windowBytes(), format(records)),
                new TailTimeouts(timeout.orElse(TailTimeouts.STANDARD.record()), records.flushAfter()),
                DecodedFormats.ALL);
    }

    private static RecordFormat format(RecordSettings records) {
        return new RecordFormat(
                delimiter(records.delimiter()),
                records.maxRecordBytes(),
                records.multiline()
                        .map(multiline -> new Multiline(
                                multiline.start().map(EngineInputs::ofLine),
                                multiline.continuation().map(EngineInputs::ofLine))));
    }

    private static Pattern.Regex ofLine(String expression) {
        return new Pattern.Regex(expression, false);
    }

    private static List<Rule> rules(List<RuleSettings> rules, String inputId) {
        return rules.stream()
                .filter(rule -> rule.inputs().contains(inputId))
                .map(rule -> new Rule(
                        rule.id(),
                        pattern(rule.match()),
                        rule.emit().isPresent(),
                        rule.fix().map(EngineInputs::fix)))
                .toList();
    }

    /** What the rules look for. */
    public static List<Pattern> patterns(Settings settings) {
        return settings.rules().stream().map(rule -> pattern(rule.match())).toList();
    }

    private static Pattern pattern(MatchSettings match) {
        if (match instanceof MatchSettings.Literal literal) {
            return new Pattern.Literal(literal.text(), literal.ignoreCase());
        }
        if (match instanceof MatchSettings.AnyOf anyOf) {
            return new Pattern.AnyOf(anyOf.texts(), anyOf.ignoreCase());
        }
        if (match instanceof MatchSettings.Regex regex) {
            return new Pattern.Regex(regex.expression(), regex.ignoreCase());
        }
        throw new IllegalArgumentException("a condition that was not refused: " + match);
    }

    static Fix fix(FixSettings fix) {
        Fix.Change change = switch (fix.change()) {
            case FixSettings.Replace(String text) -> new Fix.Replace(text);
            case FixSettings.Mask(char character, int keepFirst, int keepLast) ->
                new Fix.Mask(character, keepFirst, keepLast);
        };
        return new Fix(change, fix.group().orElse(""), fix.protectHeadBytes(), fix.when() == FixSettings.When.ROTATED);
    }

    static Delimiter delimiter(RecordSettings.Delimiter delimiter) {
        if (delimiter instanceof RecordSettings.LineBreak lineBreak) {
            return switch (lineBreak) {
                case AUTO -> Delimiter.AUTO;
                case LF -> Delimiter.LF;
                case CRLF -> Delimiter.CRLF;
            };
        }
        return Delimiter.of(((RecordSettings.Text) delimiter).text());
    }
}
