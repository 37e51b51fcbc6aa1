package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What neighbours of an emitted record show. */
class ContextMasksTest {
    private static final Pattern PAN = new Pattern.Regex("card[ :](?<pan>\\d{4})", false);
    private static final Rule TAKING = new Rule(
            "taking",
            new Pattern.Literal("ERROR", false),
            true,
            Optional.empty(),
            new EmitOptions(Captures.NONE, new Context(2, 2)));

    @TempDir
    Path directory;

    @Test
    void neighboursHaveTheMasksOfAllRulesWhetherTheyEmitOrNot() throws IOException {
        for (Fix.When when : Fix.When.values()) {
            for (boolean emits : List.of(true, false)) {
                ScannedTexts found =
                        scan("m=card 4123\ni=1;l=ERROR card 5678\nm=card:9876\n", mask(PAN, emits, when), TAKING);
                assertThat(found.values().stream()
                                .filter(values -> values.getFirst().contains("ERROR"))
                                .toList())
                        .last()
                        .isEqualTo(List.of("m=card ****\ni=1;l=ERROR card ****\nm=card:****"));
            }
        }
    }

    @Test
    void aFieldOfANeighbourIsMaskedWhereOnlyItsDecodedValueShowsTheSecret() throws IOException {
        ScannedTexts found =
                scan("i=1;m=card%20412%33 ok\nl=ERROR;m=%41\nm=c%41rd\n", mask(PAN, false, Fix.When.NEVER), TAKING);
        assertThat(found.values()).containsExactly(List.of("i=1;m=****************\nl=ERROR;m=%41\nm=c%41rd"));
        assertThat(found.maskedFields()).isZero();
    }

    @Test
    void whatEscapesHideInANeighbourIsMasked() throws IOException {
        ScannedTexts found = scan("=card 41\\u00323 =\nl=ERROR\n", mask(PAN, false, Fix.When.NEVER), TAKING);
        assertThat(found.values()).containsExactly(List.of("=card ********* =\nl=ERROR"));
    }

    @Test
    void theConditionOfAMaskIsThatOfTheNeighbour() throws IOException {
        Pattern onlyShops = new Pattern.All(List.of(
                PAN,
                new Pattern.Field("shop", new Pattern.FieldTest.EqualTo("a")),
                new Pattern.Not(new Pattern.Literal("keep", false))));
        ScannedTexts found = scan("""
            shop=a;m=card 1111
            shop=b;m=card 2222
            shop=b;l=ERROR;m=card 3333
            shop=a;m=card 4444;keep=1
            shop=a;m=card 5555
            """, mask(onlyShops, false, Fix.When.DELIVERED), TAKING);
        assertThat(found.values()).containsExactly(List.of("""
            shop=a;m=card ****
            shop=b;m=card 2222
            shop=b;l=ERROR;m=card 3333
            shop=a;m=card 4444;keep=1
            shop=a;m=card ****\
            """));
    }

    @Test
    void valuesOfOtherRulesDoNotComeWithTheNeighbours() throws IOException {
        Captures captures = new Captures(List.of(), List.of("m"), true);
        Rule first =
                new Rule("first", new Pattern.Literal("=", false), true, Optional.empty(), new EmitOptions(captures));
        Rule second = new Rule(
                "second",
                TAKING.pattern(),
                true,
                Optional.empty(),
                new EmitOptions(captures, new Context(1, 1), TAKING.options().sample()));
        ScannedTexts found = scan("m=%41\nl=ERROR;m=%42\nm=%43\n", first, second);
        assertThat(found.values())
                .containsExactly(
                        List.of("m=%41", "A"),
                        List.of("l=ERROR;m=%42", "B"),
                        List.of("m=%41\nl=ERROR;m=%42\nm=%43", "B"),
                        List.of("m=%43", "C"));
        MatchBatch matches = found.parts().getFirst().matches();
        int start = matches.recordStart(2);
        assertThat(new String(matches.array(), start, matches.recordLength(2), StandardCharsets.US_ASCII))
                .isEqualTo("l=ERROR;m=%42");
        assertThat(matches.recordStart(1)).isEqualTo(matches.start(1));
        assertThat(matches.recordLength(1)).isEqualTo(matches.length(1));
    }

    @Test
    void neighboursChangeNothingAndCountNowhere() throws IOException {
        String log = "m=card 1111\nno field\nl=ERROR\nm=card%202222\nalso none\n";
        Rule alone = new Rule("alone", TAKING.pattern(), true, Optional.empty());
        Rule mask = mask(PAN, true, Fix.When.DELIVERED);
        ScannedWindow with = scan(log, mask, TAKING).parts().getFirst();
        ScannedWindow without = scan(log, mask, alone).parts().getFirst();
        assertThat(with.tally()).isEqualTo(without.tally());
        assertThat(with.edits().size()).isEqualTo(without.edits().size()).isOne();
        assertThat(with.matches().maskedFields()).isEqualTo(without.matches().maskedFields());
        assertThat(with.matches().unparsedRecords()).isEqualTo(without.matches().unparsedRecords());
        assertThat(with.matches().matchedRecords(0)).isEqualTo(without.matches().matchedRecords(0));
        assertThat(with.matches().contextBefore(1)).isEqualTo(2);
        assertThat(without.matches().contextBefore(1)).isZero();
    }

    private static Rule mask(Pattern pattern, boolean emits, Fix.When when) {
        return new Rule("mask", pattern, emits, Optional.of(new Fix(new Fix.Mask('*', 0, 0), "pan", 0, when)));
    }

    private ScannedTexts scan(String log, Rule... rules) throws IOException {
        return ScannedTexts.of(directory, log, Optional.of(new PercentFields()), PartLimit.STANDARD, rules);
    }
}
