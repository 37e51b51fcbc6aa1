package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.secret.SecretRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules with detectors: what they send, and which changes they make. */
class DetectedMasksTest {
    private static final Pattern CARD = new Pattern.Detect(List.of(Detector.CARD));
    private static final Pattern ALL = new Pattern.Detect(List.of(Detector.values()));

    @TempDir
    Path directory;

    @Test
    void aRuleSendsTheRecordsInWhichADetectorFindsSomething() throws IOException {
        String log = "a 4111111111111111\nb 4111111111111112\nc\nd joe@example.com\ne 5555555555554444\n";
        assertThat(scan(log, new Rule("r", CARD)).values())
                .containsExactly(List.of("a 4111111111111111"), List.of("e 5555555555554444"));
    }

    @Test
    void aMaskOfTheirOwnLeavesWhatEachLeaves() throws IOException {
        String log = "4111-1111-1111-1111 joe@example.com {\"pwd\":12345}\n";
        ScannedTexts found = scan(log, ofDetectors(ALL, '*'));
        assertThat(found.values()).containsExactly(List.of("****-****-****-1111 ***@example.com {\"pwd\":0.000}"));
        assertThat(applied(log, found)).isEqualTo("****-****-****-1111 ***@example.com {\"pwd\":0.000}\n");
        assertThat(edits(found).leftAlone(0)).isZero();
    }

    @Test
    void aSecondRunHasNothingToDo() throws IOException {
        String log = "pwd=xxxx a@example.com 4111-1111-1111-1111 {\"cvv\":123} password=x,y\n";
        for (char mask : new char[] {'*', '#', 'x', 'X'}) {
            String masked = applied(log, scan(log, ofDetectors(ALL, mask)));
            assertThat(edits(scan(masked, ofDetectors(ALL, mask))).isEmpty())
                    .as(masked)
                    .isTrue();
        }
    }

    @Test
    void aMaskThatKeepsOtherCharactersCountsFromTheEndsOfThePlace() throws IOException {
        Rule rule = new Rule("r", CARD, true, Optional.of(new Fix(new Fix.Mask('*', 6, 4), "", 0)));
        ScannedTexts found = scan("4111 1111 1111 1111\n", rule);
        assertThat(found.values()).containsExactly(List.of("4111 1*********1111"));
    }

    @Test
    void detectorsAreConditionsAsOtherPatternsAre() throws IOException {
        Pattern pattern = new Pattern.All(List.of(
                new Pattern.Literal("paid", false),
                new Pattern.Not(new Pattern.Detect(List.of(Detector.EMAIL))),
                CARD));
        Rule rule = ofDetectors(pattern, '*');
        String log = "paid 4111111111111111\npaid 4111111111111111 a@example.com\n4111111111111111\n";
        ScannedTexts found = scan(log, rule);
        assertThat(found.values()).containsExactly(List.of("paid ************1111"));
        assertThat(edits(found).size()).isOne();
    }

    @Test
    void whatSeveralDetectorsFindIsHiddenOnce() throws IOException {
        ScannedTexts found = scan("password=joe@example.com\n", ofDetectors(ALL, '*'));
        assertThat(found.values()).containsExactly(List.of("password=***************"));
        assertThat(edits(found).size()).isOne();
        assertThat(edits(found).overlapping()).isZero();
    }

    @Test
    void rulesForSecretsHideTheirsBesideDetectors() throws IOException {
        Pattern both = new Pattern.Detect(List.of(Detector.CARD), List.of(secret("zkey=(\\S+)", "zkey")));
        String log = "a zkey=4111111111111111x\nb 4111111111111111\nc ZKEY=1\nd zkey=abc\ne\n";
        for (char mask : new char[] {'*', 'x'}) {
            Rule rule = ofDetectors(both, mask);
            ScannedTexts found = scan(log, rule);
            String hidden = String.valueOf(mask);
            assertThat(found.values())
                    .containsExactly(
                            List.of("a zkey=" + hidden.repeat(17)),
                            List.of("b " + hidden.repeat(12) + "1111"),
                            List.of("d zkey=" + hidden.repeat(3)));
            String masked = applied(log, found);
            assertThat(edits(scan(masked, rule)).isEmpty()).as(masked).isTrue();
        }
    }

    /** What is left of a secret may be one by itself. */
    @Test
    void aSecondRunHasNothingToDoWhereAPartIsKept() throws IOException {
        Pattern pattern = new Pattern.Detect(List.of(), List.of(secret("[a-z]{4,}", ""), secret("k=(\\S{3,})", "k=")));
        for (int kept = 0; kept < 6; kept++) {
            Rule rule = new Rule("r", pattern, true, Optional.of(new Fix(new Fix.Mask('*', kept, kept), "", 0)));
            String log = "abcdefghijklmnop k=äbc12def 1234567890 k=12\n";
            String masked = applied(log, scan(log, rule));
            assertThat(edits(scan(masked, rule)).isEmpty()).as(masked).isTrue();
            assertThat(masked).contains(kept == 3 ? "abc**********nop k=äbc**def" : "***");
        }
    }

    private static SecretRule secret(String expression, String keyword) {
        return new SecretRule("s", expression, 0, 0, keyword.isEmpty() ? List.of() : List.of(keyword), List.of());
    }

    @Test
    void onlyARuleWithDetectorsHasTheirMasks() {
        Pattern literal = new Pattern.Literal("a", false);
        assertThatThrownBy(() -> ofDetectors(literal, '*')).isInstanceOf(IllegalArgumentException.class);
    }

    private static Rule ofDetectors(Pattern pattern, char mask) {
        return new Rule("r", pattern, true, Optional.of(new Fix(new Fix.Mask(mask, 0, 0), Fix.OF_DETECTORS, 0)));
    }

    private static EditBatch edits(ScannedTexts found) {
        return found.parts().getFirst().edits();
    }

    private static String applied(String log, ScannedTexts found) {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        EditBatch edits = edits(found);
        for (int edit = 0; edit < edits.size(); edit++) {
            int at = (int) edits.offset(edit);
            byte[] before =
                    Arrays.copyOfRange(edits.array(), edits.oldStart(edit), edits.oldStart(edit) + edits.length(edit));
            assertThat(Arrays.copyOfRange(bytes, at, at + before.length)).isEqualTo(before);
            System.arraycopy(edits.array(), edits.newStart(edit), bytes, at, before.length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private ScannedTexts scan(String log, Rule... rules) throws IOException {
        return ScannedTexts.of(directory, log, Optional.empty(), PartLimit.STANDARD, rules);
    }
}
