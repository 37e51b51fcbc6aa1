package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.ContainerSettings;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.MultilineSettings;
import io.pickaroon.config.settings.RecordSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.settings.TimeSettings;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.MaxRate;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.Sample;
import io.pickaroon.processor.time.TimeRange;
import io.pickaroon.processor.time.TimedRecords;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import io.pickaroon.records.emit.RecordForm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the inputs and rules of a configuration into those of the engine. */
public final class EngineInputs {
    private EngineInputs() {}

    /** The inputs, in the order of the configuration. */
    public static List<LogInput> of(Settings settings, InputFiles files, boolean fromBeginning) {
        Map<String, RecordForm> forms = RuleForms.of(settings, settings.output());
        return settings.inputs().stream()
                .map(input -> new LogInput(
                        input.id(),
                        files.discovery(input.id()),
                        !InputSettings.Start.BEGINNING.equals(input.start()) && !fromBeginning,
                        reading(input, settings.rules()),
                        rules(settings.rules(), input.id(), forms),
                        input.maxRate().map(MaxRate::of)))
                .toList();
    }

    /** How the files of an input become records. */
    public static Reading reading(InputSettings input, List<RuleSettings> rules) {
        RecordSettings records = input.records();
        Optional<Duration> timeout = records.container()
                .flatMap(_ -> records.flushAfter())
                .or(() -> records.multiline().map(MultilineSettings::timeout));
        Reading reading = new Reading(
                new WindowPlan(input.windowBytes(), format(records)),
                new TailTimeouts(timeout.orElse(TailTimeouts.STANDARD.record()), records.flushAfter()),
                records.container().isPresent() ? DecodedFormats.ARCHIVES : DecodedFormats.ALL,
                InputParsers.of(input, rules));
        return input.start() instanceof InputSettings.Start.At(Instant time)
                ? reading.startingAt(timed(input, time.toEpochMilli(), Long.MAX_VALUE, false))
                : reading;
    }

    /**
     * The records of an input that are of a range of time.
     *
     * @param input that says how its records tell their time
     * @param exact whether all of each file is read for them
     */
    private static TimedRecords timed(InputSettings input, long sinceMillis, long untilMillis, boolean exact) {
        TimeSettings time = input.origin().time().orElseThrow();
        return new TimedRecords(
                TimeFormats.of(time),
                new TimeRange(sinceMillis, untilMillis, time.slack().toMillis(), exact));
    }

    /**
     * The records of an input that are of a range of time; the slack is that of the input.
     *
     * @param settings of the input, which say how its records tell their time
     */
    public static LogInput within(TimeRange range, LogInput input, InputSettings settings) {
        return input.within(timed(settings, range.sinceMillis(), range.untilMillis(), range.exact()));
    }

    private static RecordFormat format(RecordSettings records) {
        return new RecordFormat(
                delimiter(records.delimiter()),
                records.maxRecordBytes(),
                records.multiline()
                        .map(multiline -> new Multiline(
                                multiline.start().map(EngineInputs::ofLine),
                                multiline.continuation().map(EngineInputs::ofLine))),
                records.container().map(EngineInputs::container));
    }

    private static ContainerFormat container(ContainerSettings container) {
        ContainerFormat.Syntax syntax = switch (container.format()) {
            case CRI -> ContainerFormat.Syntax.CRI;
            case DOCKER -> ContainerFormat.Syntax.DOCKER;
        };
        return new ContainerFormat(syntax, container.maxPartDistance());
    }

    private static Pattern.Regex ofLine(String expression) {
        return new Pattern.Regex(expression, false);
    }

    private static EmitOptions options(EmitSettings emit, RecordForm form) {
        EmitSettings.Selection selection = emit.selection();
        return new EmitOptions(
                new Captures(form.groups(), form.fields(), form.wantsAllFields()),
                new Context(selection.before(), selection.after()),
                new Sample(selection.oneIn()),
                emit.format() == EmitSettings.Format.RAW);
    }

    /**
     * The rules of an input.
     *
     * @param rules of all inputs
     * @param forms of the rules that emit, by rule id
     */
    public static List<Rule> rules(List<RuleSettings> rules, String inputId, Map<String, RecordForm> forms) {
        return rules.stream()
                .filter(rule -> rule.inputs().contains(inputId))
                .map(rule -> new Rule(
                        rule.id(),
                        pattern(rule.match()),
                        rule.emit().isPresent(),
                        rule.fix().map(EngineInputs::fix),
                        rule.emit()
                                .map(emit -> options(emit, forms.get(rule.id())))
                                .orElse(EmitOptions.NONE)))
                .toList();
    }

    /** What the rules look for. */
    public static List<Pattern> patterns(Settings settings) {
        return settings.rules().stream().map(rule -> pattern(rule.match())).toList();
    }

    /** Without a switch over types where most configurations come by: the JVM makes a class for each, at each start. */
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
        if (match instanceof MatchSettings.Detect detect) {
            return new Pattern.Detect(
                    detect.detectors().stream()
                            .map(detector -> Detector.valueOf(detector.name()))
                            .toList(),
                    detect.secrets().stream()
                            .flatMap(file -> EngineSecrets.of(file.rules()).stream())
                            .toList());
        }
        return condition(match);
    }

    private static Pattern condition(MatchSettings match) {
        return switch (match) {
            case MatchSettings.All(List<MatchSettings> parts) -> new Pattern.All(patterns(parts));
            case MatchSettings.Any(List<MatchSettings> parts) -> new Pattern.Any(patterns(parts));
            case MatchSettings.Not(MatchSettings part) -> new Pattern.Not(pattern(part));
            case MatchSettings.Field(String name, MatchSettings.FieldTest test) -> new Pattern.Field(name, test(test));
            case MatchSettings.Literal _, MatchSettings.AnyOf _, MatchSettings.Regex _, MatchSettings.Detect _ ->
                pattern(match);
        };
    }

    private static List<Pattern> patterns(List<MatchSettings> parts) {
        return parts.stream().map(EngineInputs::pattern).toList();
    }

    private static Pattern.FieldTest test(MatchSettings.FieldTest test) {
        return switch (test) {
            case MatchSettings.Equal(String text) -> new Pattern.FieldTest.EqualTo(text);
            case MatchSettings.In(List<String> texts) -> new Pattern.FieldTest.OneOf(texts);
            case MatchSettings.Matches(String expression) -> new Pattern.FieldTest.Matching(expression);
        };
    }

    static Fix fix(FixSettings fix) {
        Fix.Change change = switch (fix.change()) {
            case FixSettings.Replace(String text) -> new Fix.Replace(text);
            case FixSettings.Mask(char character, int keepFirst, int keepLast) ->
                new Fix.Mask(character, keepFirst, keepLast);
            case FixSettings.DetectorMask(char character) -> new Fix.Mask(character, 0, 0);
        };
        boolean isOfDetectors = fix.change() instanceof FixSettings.DetectorMask;
        String group = isOfDetectors ? Fix.OF_DETECTORS : fix.group().orElse("");
        return new Fix(change, group, fix.protectHeadBytes(), when(fix.when()));
    }

    private static Fix.When when(FixSettings.When when) {
        return switch (when) {
            case IMMEDIATELY -> Fix.When.DELIVERED;
            case ROTATED -> Fix.When.ROTATED;
            case NEVER -> Fix.When.NEVER;
        };
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
