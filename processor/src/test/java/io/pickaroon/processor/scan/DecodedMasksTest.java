package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.EmitOptions;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.RegexRecordParser;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedMasksTest {
    private static final Pattern PAN = new Pattern.Regex("card[ :](?<pan>\\d{4})", false);
    private static final Rule MASK = masking(Fix.When.DELIVERED);
    private static final Rule ALL = new Rule(
            "all",
            new Pattern.Literal("=", false),
            true,
            Optional.empty(),
            new EmitOptions(new Captures(List.of(), List.of("m"), true)));

    @TempDir
    Path directory;

    @Test
    void allBytesOfAFieldAreMaskedWhereOnlyItsDecodedValueShowsTheSecret() throws IOException {
        ScannedTexts found = scan("i=1;m=card%20412%33 ok\n", MASK, ALL);
        assertThat(found.values()).containsExactly(List.of("i=1;m=****************", "****************"));
        assertThat(found.fields()).containsExactly(Map.of("i", "1", "m", "****************"));
        assertThat(found.maskedFields()).isOne();
        assertThat(found.parts().getFirst().edits().isEmpty()).isTrue();
    }

    @Test
    void aRecordIsMaskedEvenIfNoRuleAsksForAField() throws IOException {
        ScannedTexts found = scan("i=1;m=card%204123\n", MASK, new Rule("r", new Pattern.Literal("i=1", false)));
        assertThat(found.values()).containsExactly(List.of("i=1;m=***********"));
        assertThat(found.maskedFields()).isOne();
    }

    @Test
    void aSecretThatIsMaskedInItsBytesDoesNotHideTheRestOfTheField() throws IOException {
        ScannedTexts found = scan("m=card 4123 %41\n", MASK, ALL);
        assertThat(found.values().getLast()).isEqualTo(List.of("m=card **** %41", "card **** A"));
        assertThat(found.maskedFields()).isZero();
        assertThat(found.parts().getFirst().edits().size()).isOne();
    }

    @Test
    void aSecondSecretBehindAnEscapeHidesTheWholeField() throws IOException {
        ScannedTexts found = scan("m=card 4123 card%3a9876\n", MASK, ALL);
        assertThat(found.values().getLast()).isEqualTo(List.of("m=*********************", "*********************"));
        assertThat(found.maskedFields()).isOne();
        assertThat(found.parts().getFirst().edits().size()).isOne();
    }

    @Test
    void aValueWithoutSecretIsShownDecoded() throws IOException {
        ScannedTexts found = scan("m=c%41rd\n", MASK, ALL);
        assertThat(found.values()).containsExactly(List.of("m=c%41rd", "cArd"));
        assertThat(found.maskedFields()).isZero();
    }

    @Test
    void aMaskedNameIsNotShownByItsField() throws IOException {
        ScannedTexts found = scan("card 4123=x;m=%41\n", MASK, ALL);
        assertThat(found.values().getLast()).isEqualTo(List.of("card ****=x;m=%41", "A"));
        assertThat(found.fields().getLast()).isEqualTo(Map.of("card ****", "x", "m", "A"));
    }

    /** This parser reads no name's escapes, nor backslashes: nothing here is a field that was decoded. */
    @Test
    void whatEscapesHideOutsideOfFieldsIsMaskedAndTheFileIsLeftAlone() throws IOException {
        for (String log : List.of("card 41\\u00323 =", "m=card 41\\u00323 =", "=;card 41\\u00323 =")) {
            ScannedTexts found = scan(log + "\n", MASK, ALL);
            assertThat(found.values().getLast().getFirst()).isEqualTo(log.replace("41\\u00323", "*********"));
            assertThat(found.maskedFields()).isOne();
            assertThat(found.parts().getFirst().edits().isEmpty()).isTrue();
        }
    }

    @Test
    void anEscapeBesideASecretCanHideItToo() throws IOException {
        ScannedTexts found = scan("m=card\\u00204123\\ud83d\\ude00 card\\u0020987\n", MASK, ALL);
        assertThat(found.values().getLast().getFirst()).isEqualTo("m=card\\u0020****\\ud83d\\ude00 card\\u0020987");
        assertThat(found.maskedFields()).isOne();
    }

    @Test
    void whatAMaskKeepsIsShownBesideEscapes() throws IOException {
        Rule keeping =
                new Rule("mask", PAN, true, Optional.of(new Fix(new Fix.Mask('*', 0, 2), "pan", 0, Fix.When.NEVER)));
        ScannedTexts found = scan("m=card 4123\\n card 9876 \\\\ \\u00e4 \\u12 \\\n", keeping, ALL);
        assertThat(found.values().getLast().getFirst()).isEqualTo("m=card **23\\n card **76 \\\\ \\u00e4 \\u12 \\");
        assertThat(found.maskedFields()).isZero();
    }

    @Test
    void anEscapeOutsideOfTheGroupHidesItFromTheFileAlone() throws IOException {
        ScannedTexts found = scan("m=c\\u0061rd 4123;n=card 98\\u00376 x\n", MASK, ALL);
        assertThat(found.values().getLast().getFirst()).isEqualTo("m=c\\u0061rd ****;n=card ********* x");
        assertThat(found.fields().getLast()).isEqualTo(Map.of("m", "c\\u0061rd ****", "n", "card ********* x"));
        assertThat(found.maskedFields()).isOne();
    }

    @Test
    void aConditionDecidesWhereNoEscapeHidesWhatAMaskMatches() throws IOException {
        Pattern unlessTest = new Pattern.All(List.of(PAN, new Pattern.Not(new Pattern.Literal("test", false))));
        Rule rule = new Rule("mask", unlessTest, false, Optional.of(new Fix(new Fix.Mask('*', 0, 0), "pan", 0)));
        String log = "m=%22a%22 card 4123;n=test \\n card 9876";
        ScannedTexts found = scan(log + "\n", rule, ALL);
        assertThat(found.values()).containsExactly(List.of(log, "\"a\" card 4123"));
        assertThat(found.maskedFields()).isZero();
    }

    @Test
    void namesThatShowNothingStayBesideAMask() throws IOException {
        ScannedTexts found = scan("n\\u0061me=bob;c\\u0061rd 4123=x;m=card 9876%21\n", MASK, ALL);
        assertThat(found.fields().getLast())
                .isEqualTo(Map.of("n\\u0061me", "bob", "c\\u0061rd ****", "x", "m", "card ****!"));
    }

    @Test
    void namesOfAnExpressionAreNeverHidden() throws IOException {
        RecordParser parser = new RegexRecordParser("(?<m>card \\d+)(?<rest>.*)");
        ScannedTexts found =
                ScannedTexts.of(directory, "=card 9876 x\n", Optional.of(parser), PartLimit.STANDARD, MASK, ALL);
        assertThat(found.fields().getLast()).isEqualTo(Map.of("m", "card ****", "rest", " x"));
    }

    @Test
    void aFixThatIsNeverMadeMasksWhatIsEmittedAndLeavesTheFileAlone() throws IOException {
        Rule never = masking(Fix.When.NEVER);
        ScannedTexts found = scan("m=card 4123\n", never);
        assertThat(found.values()).containsExactly(List.of("m=card ****"));
        assertThat(found.parts().getFirst().edits().isEmpty()).isTrue();
        assertThat(found.parts().getFirst().edits().waiting()).isZero();
        assertThat(never.changesFiles()).isFalse();
        assertThat(never.waitsForRotation()).isFalse();
        assertThat(MASK.changesFiles()).isTrue();
    }

    @Test
    void aReplacementThatIsNeverMadeIsRefused() {
        assertThatThrownBy(() -> new Fix(new Fix.Replace("x"), "", 0, Fix.When.NEVER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Rule masking(Fix.When when) {
        return new Rule("mask", PAN, true, Optional.of(new Fix(new Fix.Mask('*', 0, 0), "pan", 0, when)));
    }

    private ScannedTexts scan(String log, Rule... rules) throws IOException {
        return ScannedTexts.of(directory, log, Optional.of(new PercentFields()), PartLimit.STANDARD, rules);
    }
}
