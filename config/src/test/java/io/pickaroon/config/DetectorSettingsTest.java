package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.DetectorName;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.RuleSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules with detectors. */
class DetectorSettingsTest {
    private static final String FILE = """
        checkpoint: { path: state }
        inputs: [ { id: app, include: [ app.log ] }, { id: java, include: [ j.log ], multiline: { start: a } } ]
        rules:
          - { id: only, %s }
        output: { console: {} }
        """;

    @TempDir
    Path directory;

    private RuleSettings rule(String rule) throws SettingsException {
        return SettingsFile.of(directory, FILE.formatted(rule)).read().rules().getFirst();
    }

    @Test
    void oneIsWrittenWithoutAList() throws SettingsException {
        assertThat(rule("match: { detect: us-ssn }, emit: { topic: t }").match())
                .isEqualTo(new MatchSettings.Detect(List.of(DetectorName.US_SSN)));
        assertThat(rule("match: { detect: [ card, aws-key ] }, emit: { topic: t }")
                        .match())
                .isEqualTo(new MatchSettings.Detect(List.of(DetectorName.CARD, DetectorName.AWS_KEY)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} | *", "{ mask: x } | x", "{ when: rotated, mask: '#' } | #"})
    void theirMasksNeedNoSettings(String fix, char mask) throws SettingsException {
        assertThat(rule("match: { detect: card }, fix: " + fix)
                        .fix()
                        .orElseThrow()
                        .change())
                .isEqualTo(new FixSettings.DetectorMask(mask));
    }

    @Test
    void theirMasksGoWithOtherPatterns() throws SettingsException {
        assertThat(rule("match: { all: [ { literal: paid }, { any: [ { detect: card }, { detect: iban } ] } ] },"
                                + " fix: {}")
                        .fix()
                        .orElseThrow()
                        .change())
                .isEqualTo(new FixSettings.DetectorMask('*'));
    }

    @Test
    void whatIsKeptTakesThePlaceOfWhatTheyLeave() throws SettingsException {
        assertThat(rule("match: { detect: card }, fix: { keepFirst: 6, keepLast: 4 }")
                        .fix()
                        .orElseThrow()
                        .change())
                .isEqualTo(new FixSettings.Mask('*', 6, 4));
    }

    @Test
    void aGroupIsThatOfAnExpressionBesideThem() throws SettingsException {
        assertThat(rule("match: { all: [ { detect: card }, { regex: '(?<a>b)' } ] }, fix: { mask: '-', group: a }")
                        .fix()
                        .orElseThrow()
                        .change())
                .isEqualTo(new FixSettings.Mask('-', 0, 0));
    }

    @Test
    void aPrivateKeyIsFoundWhereLinesAreJoined() throws SettingsException {
        assertThat(rule("match: { detect: private-key }, inputs: [ java ], fix: {}")
                        .inputs())
                .containsExactly("java");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "match: { detect: crad }, fix: {} | 4:34 expected one of 'card', 'iban', 'email', 'ipv4', 'ipv6',"
                        + " 'phone', 'jwt', 'aws-key', 'github-token', 'slack-token', 'stripe-key', 'private-key',"
                        + " 'bearer', 'password', 'us-ssn', 'cvv', or 'gitleaks: FILE', found 'crad'; did you mean"
                        + " 'card'?",
                "match: { detect: [] }, fix: {} | 4:34 expected at least one detector, found an empty list",
                "match: { detect: card, ignoreCase: true }, fix: {} | 4:40 'ignoreCase' has a meaning only with"
                        + " 'literal', 'anyOf', 'regex'; give it to each of them",
                "match: { detect: card, regex: a }, fix: {} | 4:26 'detect' cannot stand beside 'regex': expected"
                    + " exactly one of 'literal', 'anyOf', 'regex', 'detect', 'all', 'any', 'not', 'field' in 'match'",
                "match: { not: { detect: card } }, fix: {} | 4:56 expected exactly one of 'replace', 'mask' in 'fix',"
                        + " found none",
                "match: { detect: card }, fix: { replace: a } | 4:49 'replace' does not go with 'detect': what is"
                        + " found has no length that is known; leave it out: each detector has a mask of its own",
                "match: { detect: card }, fix: { mask: a } | 4:55 expected one of '*', '#', 'x', 'X', found 'a': what a"
                        + " detector has masked must not be found again",
                "match: { detect: card }, fix: { replace: a, mask: x } | 4:61 'mask' cannot stand beside 'replace':"
                        + " expected exactly one of 'replace', 'mask' in 'fix'",
                "match: { any: [ { detect: card }, { literal: abc } ] }, fix: { mask: x, keepLast: 1 } | 4:78 a fix"
                    + " without 'group' changes what one pattern matches, and 'match' has 2 of them; name a group of"
                    + " one expression with 'group'",
                "match: { all: [ { detect: [ card, private-key ] } ] }, fix: {} | 4:51 'private-key' is found over"
                        + " several lines, and each line of input 'app' is a record of its own; add 'multiline' to it",
            })
    void mistakesAreToldWithTheirPlaces(String rule, String mistake) {
        assertThat(SettingsFile.of(directory, FILE.formatted(rule)).mistakes()).contains(mistake);
    }
}
