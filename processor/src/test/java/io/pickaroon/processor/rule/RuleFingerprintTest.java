package io.pickaroon.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.secret.Allowance;
import io.pickaroon.processor.secret.SecretRule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleFingerprintTest {
    private static final Pattern X = new Pattern.Literal("x", false);

    @Test
    void isTheSameFromVersionToVersion() {
        assertThat(of(new Pattern.Literal("ERROR", false))).isEqualTo("9f09b30bf1a83cec");
        assertThat(of(new Pattern.AnyOf(List.of("a", "\u00fc"), true))).isEqualTo("9f577d24ccc6a0d0");
        assertThat(of(new Pattern.Regex("card=(?<pan>\\d{13,19})", false))).isEqualTo("3f00db890c605a42");
    }

    @Test
    void differsWithWhateverDecidesWhatARuleMatches() {
        Stream<String> fingerprints = Stream.of(
                of(X),
                of(new Pattern.Literal("x", true)),
                of(new Pattern.Literal("y", false)),
                of(new Pattern.AnyOf(List.of("x"), false)),
                of(new Pattern.AnyOf(List.of("x", "y"), false)),
                of(new Pattern.AnyOf(List.of("xy"), false)),
                of(new Pattern.Regex("x", false)),
                RuleFingerprint.of(X, new RecordFormat(Delimiter.LF, 1024), ""),
                RuleFingerprint.of(X, new RecordFormat(Delimiter.AUTO, 1025), ""),
                of(X, Multiline.startingWith("x")),
                of(X, Multiline.continuedBy("x")),
                of(X, Multiline.startingWith("y")));
        assertThat(fingerprints).doesNotHaveDuplicates().hasSize(12).allMatch(text -> text.matches("[0-9a-f]{16}"));
    }

    @Test
    void ofAConditionDiffersWithEachOfItsParts() {
        Pattern y = new Pattern.Literal("y", false);
        Stream<Pattern> patterns = Stream.of(
                X,
                new Pattern.All(List.of(X)),
                new Pattern.All(List.of(X, y)),
                new Pattern.All(List.of(y, X)),
                new Pattern.Any(List.of(X, y)),
                new Pattern.Not(X),
                new Pattern.Not(y),
                new Pattern.All(List.of(X, new Pattern.Any(List.of(y, y)))),
                new Pattern.All(List.of(X, new Pattern.Any(List.of(y)), y)),
                field("x", new Pattern.FieldTest.EqualTo("y")),
                field("y", new Pattern.FieldTest.EqualTo("x")),
                field("x", new Pattern.FieldTest.OneOf(List.of("y"))),
                field("x", new Pattern.FieldTest.OneOf(List.of("y", "z"))),
                field("x", new Pattern.FieldTest.Matching("y")));
        assertThat(patterns.map(RuleFingerprintTest::of))
                .doesNotHaveDuplicates()
                .hasSize(14);
    }

    @Test
    void ofDetectorsIsTheSameWithoutRulesForSecretsAndDiffersWithAllThatTheyFind() {
        Pattern card = new Pattern.Detect(List.of(Detector.CARD));
        assertThat(of(card)).isEqualTo("f80cdd17b46321d6");
        SecretRule rule = new SecretRule("a", "(k)(v)", 0, 0, List.of("k"), List.of());
        Allowance allowance = new Allowance(Allowance.Target.SECRET, List.of("e"), List.of("w"), false);
        Stream<Pattern> patterns = Stream.of(
                        List.of(rule),
                        List.of(rule, new SecretRule("b", "k", 0, 0, List.of("k"), List.of())),
                        List.of(new SecretRule("a", "(k)(w)", 0, 0, List.of("k"), List.of())),
                        List.of(new SecretRule("a", "(k)(v)", 1, 0, List.of("k"), List.of())),
                        List.of(new SecretRule("a", "(k)(v)", 0, 1, List.of("k"), List.of())),
                        List.of(new SecretRule("a", "(k)(v)", 0, 0, List.of("l"), List.of())),
                        List.of(allowing(allowance)),
                        List.of(allowing(new Allowance(Allowance.Target.LINE, List.of("e"), List.of("w"), false))),
                        List.of(allowing(new Allowance(Allowance.Target.SECRET, List.of("f"), List.of("w"), false))),
                        List.of(allowing(new Allowance(Allowance.Target.SECRET, List.of("e"), List.of("x"), false))),
                        List.of(allowing(new Allowance(Allowance.Target.SECRET, List.of("e"), List.of("w"), true))))
                .map(secrets -> new Pattern.Detect(List.of(Detector.CARD), secrets));
        assertThat(Stream.concat(Stream.of(card), patterns).map(RuleFingerprintTest::of))
                .doesNotHaveDuplicates()
                .hasSize(12);
    }

    @Test
    void namesAndOrderOfRulesForSecretsDoNotCount() {
        SecretRule one = new SecretRule("a", "k", 0, 0, List.of("k", "l"), List.of());
        SecretRule same = new SecretRule("b", "k", 0, 0, List.of("l", "k"), List.of());
        SecretRule other = new SecretRule("c", "v", 0, 0, List.of(), List.of());
        assertThat(of(new Pattern.Detect(List.of(), List.of(one, other))))
                .isEqualTo(of(new Pattern.Detect(List.of(), List.of(other, same))));
    }

    private static SecretRule allowing(Allowance allowance) {
        return new SecretRule("a", "(k)(v)", 0, 0, List.of("k"), List.of(allowance));
    }

    @Test
    void theParserCountsWhereAFieldIsAskedFor() {
        RecordFormat format = new RecordFormat(Delimiter.AUTO, 1024);
        Pattern asks = new Pattern.All(List.of(X, new Pattern.Not(field("x", new Pattern.FieldTest.EqualTo("y")))));
        assertThat(RuleFingerprint.of(asks, format, "json")).isNotEqualTo(RuleFingerprint.of(asks, format, "logfmt"));
        assertThat(RuleFingerprint.of(X, format, "json")).isEqualTo(RuleFingerprint.of(X, format, "logfmt"));
    }

    private static Pattern field(String name, Pattern.FieldTest test) {
        return new Pattern.Field(name, test);
    }

    private static String of(Pattern pattern) {
        return RuleFingerprint.of(pattern, new RecordFormat(Delimiter.AUTO, 1024), "");
    }

    private static String of(Pattern pattern, Multiline multiline) {
        return RuleFingerprint.of(pattern, new RecordFormat(Delimiter.AUTO, 1024, Optional.of(multiline)), "");
    }
}
