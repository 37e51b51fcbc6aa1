package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturesTest {
    private static final Pattern ORDER =
            new Pattern.Regex("(?<user>[a-z]+) ordered (?<what>[a-z]+)(?: for (?<price>\\d+))?", false);
    private static final Optional<Fix> MASK_USER = Optional.of(new Fix(new Fix.Mask('*', 0, 0), "user", 0));

    @TempDir
    Path directory;

    @Test
    void groupsAreThoseOfTheFirstMatch() throws IOException {
        Rule rule = rule(ORDER, new Captures(List.of("price", "user"), List.of(), false));
        assertThat(scan("ann ordered tea for 5, bob ordered rum for 7\ncyd ordered ale\n", rule)
                        .values())
                .containsExactly(
                        List.of("ann ordered tea for 5, bob ordered rum for 7", "5", "ann"),
                        Arrays.asList("cyd ordered ale", null, "cyd"));
    }

    @Test
    void aGroupIsThatOfTheFirstExpressionInWhichItTakesPart() throws IOException {
        Pattern either = new Pattern.Any(List.of(
                new Pattern.Literal("nobody", false),
                new Pattern.Regex("user=(?<user>\\w+)", false),
                new Pattern.All(List.of(
                        new Pattern.Regex("login (?<user>\\w+)", false),
                        new Pattern.Regex("from (?<host>\\w+)", false)))));
        Rule rule = rule(either, new Captures(List.of("user", "host"), List.of(), false));
        assertThat(scan("login ann from h1\nlogin bob user=cyd from h2\nnobody\n", rule)
                        .values())
                .containsExactly(
                        List.of("login ann from h1", "ann", "h1"),
                        List.of("login bob user=cyd from h2", "cyd", "h2"),
                        Arrays.asList("nobody", null, null));
    }

    @Test
    void valuesAreShownWithTheMasksOfAllRules() throws IOException {
        Rule masking = new Rule("m", ORDER, false, MASK_USER);
        Rule rule =
                rule(new Pattern.Regex("(?<all>.+)", false), new Captures(List.of("all"), List.of("by", "no"), true));
        ScannedTexts found = scan("id=7;by=ann ordered tea\n", masking, rule);
        assertThat(found.values())
                .containsExactly(
                        Arrays.asList("id=7;by=*** ordered tea", "id=7;by=*** ordered tea", "*** ordered tea", null));
        assertThat(found.fields()).containsExactly(Map.of("id", "7", "by", "*** ordered tea"));
    }

    @Test
    void valuesAreDecodedFromTheRecordWithItsMasks() throws IOException {
        Captures captures = new Captures(List.of(), List.of("a", "b"), true);
        Rule masking = new Rule("m", ORDER, false, MASK_USER);
        ScannedTexts found =
                scan("a=x%41y;b=ann ordered ale %41\n", masking, rule(new Pattern.Literal("b=", false), captures));
        assertThat(found.values())
                .containsExactly(List.of("a=x%41y;b=*** ordered ale %41", "xAy", "*** ordered ale A"));
        assertThat(found.fields()).containsExactly(Map.of("a", "xAy", "b", "*** ordered ale A"));
    }

    @Test
    void rulesOfOneRecordHaveValuesOfTheirOwn() throws IOException {
        Rule first = new Rule(
                "1",
                new Pattern.Literal("a=", false),
                true,
                Optional.empty(),
                new EmitOptions(new Captures(List.of(), List.of("b"), false)));
        Rule nothing = new Rule("2", new Pattern.Literal("a=", false));
        Rule third = new Rule(
                "3",
                new Pattern.Regex("a=(?<v>.)", false),
                true,
                Optional.empty(),
                new EmitOptions(new Captures(List.of("v"), List.of("a"), true)));
        ScannedTexts found = scan("a=1;b=%42\nb=2\n", first, nothing, third);
        assertThat(found.values())
                .containsExactly(List.of("a=1;b=%42", "B"), List.of("a=1;b=%42"), List.of("a=1;b=%42", "1", "1"));
        assertThat(found.fields()).containsExactly(Map.of(), Map.of(), Map.of("a", "1", "b", "B"));
        assertThat(found.parts().getFirst().matches().values().start(1, 0)).isEqualTo(-1);
    }

    @Test
    void partsAndHeadsOfWindowsKeepTheValuesOfTheirMatches() throws IOException {
        Rule rule = rule(new Pattern.Regex("n=(?<n>\\d+)", false), new Captures(List.of("n"), List.of("v", "n"), true));
        StringBuilder log = new StringBuilder();
        List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String record = "n=%d;v=%%41%d".formatted(i, i % 7);
            log.append(record).append('\n');
            expected.add(List.of(record, String.valueOf(i), "A" + i % 7, String.valueOf(i)));
        }
        for (PartLimit limit : List.of(new PartLimit(5_000, 1_000_000), new PartLimit(1 << 20, 77))) {
            ScannedTexts found =
                    ScannedTexts.of(directory, log.toString(), Optional.of(new PercentFields()), limit, rule);
            assertThat(found.parts()).hasSizeGreaterThan(100);
            assertThat(found.values()).isEqualTo(expected);
            MatchBatch batch = found.parts().get(1).matches();
            assertThat(ScannedTexts.values(batch.first(5)))
                    .isEqualTo(ScannedTexts.values(batch).subList(0, 5));
        }
    }

    @Test
    void unknownGroupsAreRefused() {
        Captures captures = new Captures(List.of("pan"), List.of(), false);
        assertThatThrownBy(() -> rule(ORDER, captures))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'pan'");
        Pattern not = new Pattern.Not(new Pattern.Regex("(?<pan>\\d+)", false));
        assertThatThrownBy(() -> rule(not, captures)).isInstanceOf(IllegalArgumentException.class);
    }

    private ScannedTexts scan(String log, Rule... rules) throws IOException {
        return ScannedTexts.of(directory, log, Optional.of(new PercentFields()), PartLimit.STANDARD, rules);
    }

    private static Rule rule(Pattern pattern, Captures captures) {
        return new Rule("r", pattern, true, Optional.empty(), new EmitOptions(captures));
    }
}
