package io.pickaroon.processor.secret;

import static io.pickaroon.processor.secret.Secrets.allowing;
import static io.pickaroon.processor.secret.Secrets.bytes;
import static io.pickaroon.processor.secret.Secrets.found;
import static io.pickaroon.processor.secret.Secrets.masked;
import static io.pickaroon.processor.secret.Secrets.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.detect.Detection;
import io.pickaroon.processor.detect.Detector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretRulesTest {
    private static final SecretRule KEY = rule("(?i)acme[_-]?key['\" ]{0,2}[:=]['\" ]{0,2}([0-9a-z]{8,16})\\b", "acme");

    @Test
    void theSecretIsTheFirstGroupThatIsNotEmpty() {
        assertThat(found("acme_key: ab12cd34", KEY)).containsExactly("ab12cd34");
        assertThat(found("a=1 b=22", rule("a=()(x)?([0-9])|b=([0-9]+)"))).containsExactly("1", "22");
        assertThat(found("id-7 id-", rule("id-([0-9]?)"))).containsExactly("7", "id-");
        assertThat(found("tok-77 tok-8", rule("tok-[0-9]+"))).containsExactly("tok-77", "tok-8");
    }

    @Test
    void aGroupThatIsNamedByItsNumberIsTheSecretOrThereIsNone() {
        SecretRule second = new SecretRule("r", "(k)=([0-9]*)", 2, 0, List.of(), List.of());
        assertThat(found("k=12 k= k=3", second)).containsExactly("12", "3");
        assertThatThrownBy(() -> new SecretRule("r", "(a)", 2, 0, List.of(), List.of()))
                .hasMessage("there is no group 2: the expression has 1");
    }

    @Test
    void aKeywordHasToBeInTheRecordInEitherCase() {
        SecretRule token = rule("[0-9a-f]{8}", "Widget");
        assertThat(found("WIDGET 0123abcd", token)).containsExactly("0123abcd");
        assertThat(found("gadget 0123abcd", token)).isEmpty();
        assertThat(found("gadget 0123abcd", rule("[0-9a-f]{8}"))).containsExactly("0123abcd");
    }

    @Test
    void ofTheMatchesThatBeginAtAPlaceThePreferredOneCounts() {
        assertThat(found("k=abcdef", rule("k=(ab|abcdef)"))).containsExactly("ab");
        assertThat(found("k=abcdef", rule("k=([a-z]{2,}?)"))).containsExactly("ab");
    }

    /** The entropy of the four different characters is 2, which is not more than 2. */
    @Test
    void aSecretHasMoreEntropyThanTheRuleSays() {
        SecretRule two = new SecretRule("r", "k=([a-z]+)", 0, 2, List.of(), List.of());
        assertThat(found("k=abcd k=abcde k=aaaaaaaa", two)).containsExactly("abcde");
    }

    @ParameterizedTest
    @CsvSource({
        "SECRET, '^test', '', false, 'k=test1', 'k=1test'",
        "SECRET, 'a$', '', false, 'k=1a', 'k=a1'",
        "MATCH, '^k=t', '', false, 'k=t1', 'k=1t'",
        "LINE, '^demo ', '', false, 'demo k=t1', 'xdemo k=t1'",
        "SECRET, '', EXAMPLE, false, 'k=xexamplex', 'k=xeampl'",
        "SECRET, '^x', word, false, 'k=aword', 'k=a'",
        "SECRET, '^x', word, false, 'k=xa', 'k=ax'",
        "SECRET, '^x', word, true, 'k=xword', 'k=xa'",
        "SECRET, '^x', word, true, 'k=xword', 'k=aword'",
    })
    void whatIsAllowedIsNoSecret(
            Allowance.Target target, String expression, String stopword, boolean both, String allowed, String found) {
        SecretRule rule = allowing(
                rule("k=([a-z0-9]+)"),
                new Allowance(
                        target,
                        expression.isEmpty() ? List.of() : List.of(expression),
                        stopword.isEmpty() ? List.of() : List.of(stopword),
                        both));
        assertThat(found(allowed, rule)).isEmpty();
        assertThat(found(found, rule)).hasSize(1);
    }

    @Test
    void theLineIsThatOfTheMatchWithinItsRecord() {
        SecretRule rule =
                allowing(rule("k=([a-z0-9]+)"), new Allowance(Allowance.Target.LINE, List.of("^ok"), List.of(), false));
        assertThat(found("ok k=1 k=2\nno k=3 k=4\nok k=5", rule)).containsExactly("3", "4");

        Detection detection = Secrets.detection(List.of(), rule);
        assertThat(detection.finds(bytes("ok k=1 k=2"), 0, 10)).isFalse();
        assertThat(detection.finds(bytes("no k=1 k=2"), 0, 10)).isTrue();
    }

    @Test
    void aNoteInTheLineAllowsNothing() {
        assertThat(found("acme_key=ab12cd34 # gitleaks:allow", KEY)).containsExactly("ab12cd34");
    }

    @Test
    void itIsHiddenAsAWholeAndANumberOfJsonStaysOne() {
        assertThat(masked("{\"acme_key\":\"ab12cd34\"}", KEY)).isEqualTo("{\"acme_key\":\"********\"}");
        assertThat(masked("{\"acme_key\": 1234567890}", KEY)).isEqualTo("{\"acme_key\": 0.00000000}");
        assertThat(masked("{\"acme_key\": 0.00000000}", KEY)).isEqualTo("{\"acme_key\": 0.00000000}");
    }

    @Test
    void noCharacterIsHiddenInPart() {
        assertThat(masked("k=äöü", rule("k=(.{3})"))).isEqualTo("k=****ü");
    }

    @ParameterizedTest
    @CsvSource({"*", "#", "x", "X"})
    void whatIsHiddenIsNotFoundAgain(char mask) {
        SecretRule[] rules = {KEY, rule("(?i)[a-z]{6}"), rule("secret=(\\S+)"), rule("=(.{3,5})")};
        String masked = masked("acme_key=ab12cd34 secret=a,b abcdefghij", mask, Secrets.detection(List.of(), rules));
        assertThat(masked(masked, mask, Secrets.detection(List.of(), rules))).isEqualTo(masked);
        assertThat(Secrets.detection(List.of(), rule("secret=(\\S+)"))
                        .finds(bytes("secret=" + "" + mask + mask + mask), 0, 10))
                .isFalse();
    }

    /** Each round of masks would show one character more. */
    @Test
    void aRuleThatFindsMoreBesideItsOwnMasksFindsAllAtOnce() {
        SecretRule next = rule("(?:^|\\*)([a-z])");
        assertThat(masked("abcdefghijklmnopqrstuvwxyz 1", next)).isEqualTo("*".repeat(26) + " 1");
    }

    @Test
    void whereDetectorsMeetTheirUnionIsHidden() {
        String record = "acme_key=4111111111111111";
        assertThat(masked(record, '*', Secrets.detection(List.of(Detector.CARD), KEY)))
                .isEqualTo("acme_key=****************");
    }

    @Test
    void needlesAreTheRarerOfKeywordsAndWhatTheExpressionCannotDoWithout() {
        assertThat(new SecretRules(List.of(rule("zqx_[0-9]{8}", "a")))
                        .needles()
                        .getFirst()
                        .lengthBytes())
                .isGreaterThan(3);
        assertThat(new SecretRules(List.of(rule("[0-9]{8}", "zqxj"))).needles()).hasSize(1);
        assertThat(new SecretRules(List.of(rule("[^x]+"), rule("zqx_1", "zqx"))).needles())
                .isEmpty();
    }
}
