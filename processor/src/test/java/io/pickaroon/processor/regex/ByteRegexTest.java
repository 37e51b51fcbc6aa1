package io.pickaroon.processor.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRegexTest {
    private static final String INPUT = "aaabbcABC112_-. \t\n\r\u00c3\u00a9\u00ff\u0000{,";

    @Test
    void tellsWhereTheMatchAndItsNamedGroupStand() {
        ByteRegex regex = compile("card=(?<pan>\\d{13,19})", "pan");
        byte[] bytes = "xx card=4111111111111111 yy".getBytes(StandardCharsets.US_ASCII);
        assertThat(regex.find(bytes, 2, bytes.length)).isTrue();
        assertThat(regex.start()).isEqualTo(3);
        assertThat(new String(
                        bytes, regex.groupStart(0), regex.groupEnd(0) - regex.groupStart(0), StandardCharsets.US_ASCII))
                .isEqualTo("4111111111111111");
    }

    /** Which of several matches, which alternative, how much of a repeat, and where each group: as RE2 decides. */
    @Test
    void findsTheMatchesAndGroupsThatRe2jFinds() {
        Random random = new Random(7);
        RandomExpression expressions = new RandomExpression(random);
        int compared = 0;
        for (int round = 0; round < 20_000; round++) {
            String expression = expressions.next();
            boolean ignoreCase = random.nextInt(5) == 0;
            Optional<Re2jTruth> truth = Re2jTruth.of(expression, ignoreCase);
            if (truth.isEmpty()) {
                continue;
            }
            // RE2/J lets a group take part that is repeated no time; RE2 does not.
            int group = expression.contains("{0}")
                    ? 0
                    : random.nextInt(truth.get().pattern().groupCount() + 1);
            ByteRegex regex = new ByteRegex(
                    new Nfa(ByteExpression.of(expression, ignoreCase).tree()), group);
            for (int input = 0; input < 10; input++) {
                byte[] bytes = RandomExpression.bytes(random, INPUT, random.nextInt(14));
                int from = random.nextInt(bytes.length + 1);
                List<List<Integer>> expected = truth.get().matches(bytes, from, bytes.length, group);
                if (group == 0) {
                    expected = expected.stream()
                            .map(match -> List.of(match.get(0), match.get(1), -1, -1))
                            .toList();
                }
                assertThat(Re2jTruth.found(regex, bytes, from, bytes.length))
                        .as(
                                "'%s'%s, group %d, on '%s'",
                                expression,
                                ignoreCase ? " in either case" : "",
                                group,
                                new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1))
                        .isEqualTo(expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100_000);
    }

    /** Words in any order, some of them the beginning of others: those that come first are preferred, as in RE2. */
    @Test
    void prefersTheAlternativeThatRe2jPrefersAmongManyWords() {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder words = new StringBuilder("(");
            for (int count = 2 + random.nextInt(12); count > 0; count--) {
                for (int length = random.nextInt(5); length > 0; length--) {
                    words.append("abc").setLength(words.length() - random.nextInt(3));
                }
                words.append(count > 1 ? "|" : ")");
            }
            String expression = words + List.of("", "c", "\\b", "a?$", "+b").get(random.nextInt(5));
            Re2jTruth truth = Re2jTruth.of(expression, false).orElseThrow();
            ByteRegex regex =
                    new ByteRegex(new Nfa(ByteExpression.of(expression, false).tree()), 1);
            byte[] bytes = RandomExpression.bytes(random, "abc ", 20);
            assertThat(Re2jTruth.found(regex, bytes, 0, bytes.length))
                    .as("'%s' on '%s'", expression, new String(bytes, StandardCharsets.US_ASCII))
                    .isEqualTo(truth.matches(bytes, 0, bytes.length, 1));
        }
    }

    @Test
    void acceptsWhatRe2jAcceptsAndRefusesWhatItRefuses() {
        Random random = new Random(11);
        String[] pieces = {
            "a",
            "b",
            "(",
            ")",
            "[",
            "]",
            "^",
            "$",
            "*",
            "+",
            "?",
            "{",
            "}",
            ",",
            "1",
            "0",
            "2",
            "1001",
            "|",
            "\\",
            "-",
            ":",
            "(?",
            "(?i)",
            "(?P<n>",
            "(?<m>",
            "(?s-i:",
            "[:alpha:]",
            "[[:digit:]",
            "\\d",
            "\\W",
            "\\b",
            "\\z",
            "\\Q",
            "\\E",
            "\\x4",
            "\\x{41}",
            "\\0",
            "\\12",
            "\\7",
            "i",
            "m",
            "U",
            ".",
            "\\.",
            "\\_",
            "<",
            ">",
            "="
        };
        int accepted = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder expression = new StringBuilder();
            for (int count = 1 + random.nextInt(8); count > 0; count--) {
                expression.append(pieces[random.nextInt(pieces.length)]);
            }
            String refusal = re2jRefusal(expression.toString());
            boolean isAccepted = isAccepted(expression.toString());
            // RE2/J refuses a repeated brace that begins no repeat; RE2 does not.
            if (!isAccepted || !refusal.contains("nested repetition operator: `{")) {
                assertThat(isAccepted).as("%s: %s", expression, refusal).isEqualTo(refusal.isEmpty());
            }
            accepted += isAccepted ? 1 : 0;
        }
        assertThat(accepted).isBetween(5_000, 45_000);
    }

    private static String re2jRefusal(String expression) {
        try {
            com.google.re2j.Pattern.compile(expression);
            return "";
        } catch (PatternSyntaxException e) {
            return e.getMessage();
        }
    }

    private static boolean isAccepted(String expression) {
        try {
            ByteExpression.of(expression, false);
            return true;
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("'" + expression + "'");
            return false;
        }
    }

    @Test
    void halvesOfWordBoundariesLookToOneSideOnly() {
        String word = "\\b{start-half}(?:%s)\\b{end-half}";
        assertThat(finds(word.formatted("a"), "ba ab a_ 1a a")).isTrue();
        assertThat(finds(word.formatted("a"), "ba ab a_ 1a")).isFalse();
        assertThat(finds(word.formatted("-a|::"), "x-a")).isFalse();
        assertThat(finds(word.formatted("-a|::"), "x -a")).isTrue();
        assertThat(finds(word.formatted("-a|::"), " :: ")).isTrue();
        assertThat(finds(word.formatted("a+|a+b"), "xx aab")).isTrue();
    }

    @Test
    void textOutsideAsciiStandsForItsUtf8Bytes() {
        assertThat(finds("Grö(ß|x)e .+", "Größe überschritten")).isTrue();
        assertThat(finds("\\QGröße\\E", "Größe überschritten")).isTrue();
        assertThat(finds("(?i)grÖßE", "Größe überschritten")).isTrue();
        assertThat(finds("Gräße", "Größe überschritten")).isFalse();
    }

    @Test
    void invalidUtf8IsJustBytes() {
        byte[] bytes = {(byte) 0xff, 'E', (byte) 0xc3, 0, 'R'};
        assertThat(compile("E.\\x00R", "").find(bytes, 0, bytes.length)).isTrue();
        assertThat(compile("^\\xffE[\\x80-\\xff]\\W", "").find(bytes, 0, bytes.length))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(.*)(.*)(.*)(.*)=", "(?:a?){500}a{500}b", "((a{1,20}){1,20})b"})
    void patternsThatMakeOtherEnginesBacktrackForEverTakeLinearTime(String expression) {
        byte[] bytes = "a".repeat(5_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(compile(expression, "").find(bytes, 0, bytes.length)).isFalse();
    }

    /** RE2/J ends with a StackOverflowError here, and takes seconds to compile a tenth of it. */
    @Test
    void findsTheMatchesOfTwentyThousandWords() {
        List<String> words = RandomWords.list(20_000, 5);
        ByteRegex regex = compile("user=(?<who>" + String.join("|", words) + ")\\b", "who");
        byte[] bytes = "user=nobody user=%s, user=%s."
                .formatted(words.get(19_999), words.get(7))
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(Re2jTruth.found(regex, bytes, 0, bytes.length))
                .extracting(match ->
                        new String(bytes, match.get(2), match.get(3) - match.get(2), StandardCharsets.US_ASCII))
                .containsExactly(words.get(19_999), words.get(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "(a~missing closing )",
                "a)~missing opening (",
                "[a~missing closing ]",
                "(?=a)~there is no look-around, nor a back-reference",
                "(a)\\1~there is no back-reference",
                "[\\xc3Ä]~write \\x{HH} for a character, at position 1",
                "[\\x80-\\x{2028}]~write \\x{HH}, at position 2",
                "ab\\x{d800}~half a surrogate pair, which no text in UTF-8 has, at position 3",
                "((a{1000}){1000}){1000}~too large",
            })
    void saysWhatIsWrong(String expression, String reason) {
        assertThatThrownBy(() -> ByteExpression.of(expression, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + expression + "'")
                .hasMessageContaining(reason);
    }

    @Test
    void ofALongExpressionAMessageShowsTheBeginning() {
        String unknown = "(?P<a-" + "b".repeat(5_000) + ">c)";
        String large = "a|b".repeat(100) + "((a{1000}){1000}){1000}";
        for (String expression : List.of("(" + "a|".repeat(5_000), unknown, large, "a".repeat(5_000) + "\\x{d800}")) {
            assertThatThrownBy(() -> ByteExpression.of(expression, false))
                    .message()
                    .startsWith("'" + expression.substring(0, 200) + "...'")
                    .hasSizeLessThan(600);
        }
    }

    private static boolean finds(String expression, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return compile(expression, "").find(bytes, 0, bytes.length);
    }

    private static ByteRegex compile(String expression, String group) {
        ByteExpression read = ByteExpression.of(expression, false);
        return new ByteRegex(
                new Nfa(read.tree()), group.isEmpty() ? 0 : read.groups().get(group));
    }
}
