package io.pickaroon.inputs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.SettingsReader;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.DetectorName;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Choices;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.MaxRate;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.RuleFingerprint;
import io.pickaroon.processor.rule.Sample;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration says of an input reaches the engine. */
class EngineInputsTest {
    @TempDir
    Path directory;

    private List<LogInput> inputs(String yaml) throws IOException, SettingsException {
        Path file = Files.writeString(directory.resolve("c.yaml"), yaml);
        Settings settings = SettingsReader.read(file, _ -> null);
        return EngineInputs.of(settings, InputFiles.find(settings.inputs(), directory, true, List.of()), false);
    }

    @Test
    void theEngineHasADetectorForEachName() {
        assertThat(DetectorName.values())
                .extracting(name -> Choices.word(name))
                .containsExactly(
                        Stream.of(Detector.values()).map(Detector::word).toArray(String[]::new));
    }

    @Test
    void detectorsHaveTheirMasksInTheEngine() throws IOException, SettingsException {
        Rule rule = inputs("""
            checkpoint: { path: state }
            inputs: [ { id: a, include: [ a.log ] } ]
            rules: [ { id: r, match: { all: [ { literal: a }, { detect: [ card, iban ] } ] }, fix: { mask: x } } ]
            output: { console: {} }
            """).getFirst().rules().getFirst();

        assertThat(rule.pattern())
                .isEqualTo(new Pattern.All(List.of(
                        new Pattern.Literal("a", false), new Pattern.Detect(List.of(Detector.CARD, Detector.IBAN)))));
        assertThat(rule.fix()).contains(new Fix(new Fix.Mask('x', 0, 0), Fix.OF_DETECTORS, 0));
    }

    @Test
    void anInputIsReadAsFastAsItsRateAllows() throws IOException, SettingsException {
        assertThat(inputs("""
            inputs:
              - { id: slow, include: [ a.log ], maxRate: 5MiB/s }
              - { id: fast, include: [ b.log ] }
            rules: [ { id: r, match: { literal: a }, emit: { topic: t } } ]
            output: { console: {} }
            """))
                .extracting(LogInput::maxRate)
                .containsExactly(Optional.of(MaxRate.of(5 << 20)), Optional.empty());
    }

    /** A position stays valid whatever is left out, and whatever comes along. */
    @Test
    void contextAndSampleReachTheRuleWithinTheSameBoundsAndDoNotCountInItsFingerprint()
            throws IOException, SettingsException {
        List<Rule> rules = inputs("""
            inputs: [ { id: a, include: [ a.log ] } ]
            rules:
              - { id: most, match: { literal: a }, emit: { topic: t, sample: 1/1000000, context: { before: 1000, after: 1000 } } }
              - { id: none, match: { literal: a }, emit: { topic: t } }
            output: { console: {} }
            """).getFirst().rules();
        assertThat(rules.getFirst().options().sample()).isEqualTo(new Sample(Sample.MOST));
        assertThat(rules.getFirst().options().context()).isEqualTo(new Context(Context.MOST, Context.MOST));
        assertThat(rules.getLast().options()).isEqualTo(EmitOptions.NONE);
        assertThat(List.of(EmitSettings.Selection.MOST_ONE_IN, EmitSettings.Selection.MOST_NEIGHBOURS))
                .containsExactly(Sample.MOST, Context.MOST);
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 1 << 20);
        assertThat(rules)
                .extracting(rule -> RuleFingerprint.of(rule.pattern(), format, ""))
                .containsOnly(RuleFingerprint.of(new Pattern.Literal("a", false), format, ""));
    }
}
