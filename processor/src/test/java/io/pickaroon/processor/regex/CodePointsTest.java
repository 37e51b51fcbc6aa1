package io.pickaroon.processor.regex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In valid UTF-8, RE2/J over the decoded text is the truth, as long as every class names characters outside ASCII. */
class CodePointsTest {
    /** At the ends of what two, three and four bytes encode, with cases and without, and letters of ASCII. */
    private static final int[] CHARACTERS = {
        'a', 'k', 'K', 's', '1', ' ', 0x7f, 0x80, 0xbf, 0xc0, 0xc4, 0xe4, 0xe9, 0xff, 0x100, 0x178, 0x17f, 0x200, 0x3a3,
        0x3c2, 0x3c3, 0x430, 0x7ff, 0x800, 0xfff, 0x1000, 0x1e9e, 0xdf, 0x2028, 0x212a, 0xd7ff, 0xe000, 0xfffd, 0xffff,
        0x10000, 0x10400, 0x10428, 0x1f600, 0x3ffff, 0x40000, 0xfffff, 0x10fffe, 0x10ffff
    };

    @Test
    void classesOfCharactersMatchWhatRe2jMatchesInDecodedText() {
        Random random = new Random(5);
        int matched = 0;
        for (int round = 0; round < 6_000; round++) {
            boolean ignoreCase = random.nextInt(3) == 0;
            String expression = expression(random, ignoreCase);
            ByteRegex regex = new ByteRegex(
                    new Nfa(ByteExpression.of(expression, ignoreCase).tree()), 1);
            RecordDfa dfa = new RecordDfa(
                    new Nfa(ByteExpression.of(expression, ignoreCase).tree()));
            com.google.re2j.Pattern truth = com.google.re2j.Pattern.compile(
                    expression, ignoreCase ? com.google.re2j.Pattern.CASE_INSENSITIVE : 0);
            for (int input = 0; input < 8; input++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(9); length > 0; length--) {
                    text.appendCodePoint(character(random, ignoreCase));
                }
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                List<List<Integer>> expected = matches(truth.matcher(text.toString()), text.toString());
                assertThat(Re2jTruth.found(regex, bytes, 0, bytes.length))
                        .as(
                                "'%s'%s on %s",
                                hexadecimal(expression), ignoreCase ? " in either case" : "", hexadecimal(text))
                        .isEqualTo(expected);
                assertThat(dfa.matches(bytes, 0, bytes.length)).isEqualTo(!expected.isEmpty());
                matched += expected.size();
            }
        }
        assertThat(matched).isGreaterThan(20_000);
    }

    private static int character(Random random, boolean ignoreCase) {
        while (true) {
            int c = CHARACTERS[random.nextInt(CHARACTERS.length)];
            // Here letters of ASCII have no forms outside of it, other than in RE2.
            if (!ignoreCase || "kKs\u017f\u212a".indexOf(c) < 0) {
                return c;
            }
        }
    }

    private static String expression(Random random, boolean ignoreCase) {
        StringBuilder text = new StringBuilder("(");
        for (int atoms = 1 + random.nextInt(3); atoms > 0; atoms--) {
            if (random.nextInt(3) == 0) {
                text.append(written(random, character(random, ignoreCase)));
            } else {
                text.append(random.nextInt(3) == 0 ? "[^" : "[");
                text.append(written(random, 0xc4));
                for (int members = random.nextInt(3); members > 0; members--) {
                    int first = character(random, ignoreCase);
                    int last = character(random, ignoreCase);
                    if (ignoreCase) {
                        text.append(written(random, first));
                    } else {
                        text.append(written(random, Math.min(first, last)))
                                .append('-')
                                .append(written(random, Math.max(first, last)));
                    }
                }
                text.append(random.nextInt(6) == 0 ? "\\d]" : "]");
            }
            // No match is empty: RE2/J would go on from the middle of a surrogate pair.
            text.append(atoms > 1 && random.nextInt(3) == 0 ? "*" : "");
        }
        return text + ")";
    }

    private static String written(Random random, int c) {
        return random.nextBoolean() || c < 0x80 ? "\\x{" + Integer.toHexString(c) + "}" : Character.toString(c);
    }

    /** The matches and the group in them, at offsets in UTF-8. */
    private static List<List<Integer>> matches(Matcher matcher, String text) {
        List<List<Integer>> matches = new ArrayList<>();
        while (matcher.find()) {
            matches.add(List.of(
                    utf8Length(text, matcher.start()),
                    utf8Length(text, matcher.end()),
                    utf8Length(text, matcher.start(1)),
                    utf8Length(text, matcher.end(1))));
        }
        return matches;
    }

    private static String hexadecimal(CharSequence text) {
        return text.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    }

    private static int utf8Length(String text, int chars) {
        return text.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\\x{2028}~a\u2028b~true",
                "\\x{1F600}~\ud83d\ude00~true",
                "\\x{1F600}~\ud83d\ude01~false",
                "^[\\x{100}-\\x{200}]$~\u0150~true",
                "^[\\x{100}-\\x{200}]$~\u0250~false",
                "^[Ää]pfel~äpfel~true",
                "^[^Ä]pfel~Äpfel~false",
                "^[^Ä]pfel~Ãpfel~true",
                "(?i)^[^ä]pfel~Äpfel~false",
                "^[äa-c]+$~abcä~true",
                "(?i)ÜBER~über~true",
                "(?i)σ~ς~true",
                "(?i)\u017f~s~true",
                "(?i)s~\u017f~false",
                "^\\p{Lu}\\p{Ll}+$~Öl~true",
                "^\\p{Greek}+$~λόγος~true",
                "^\\P{L}+$~123 €~true",
                "^[^\\p{L}\\d]+$~ €~true",
                "\\pN~Ⅷ~true",
                "(?i)^\\p{Lu}+$~straße~true",
                "^\\x{e9}$~é~true",
                "^[\\x{80}-\\x{10FFFF}]$~é~true",
                "^[^\\x00-\\x7f]{2}$~é~true",
                "^[\\w\u00e9]+$~café~true",
                "^[^\\w\u00e9]+$~\u00e8~true",
                "^[[:^alpha:]\u00e9]$~\u00e8~true",
                "^.{2}$~é~true"
            })
    void aCharacterIsItsBytes(String expression, String text, boolean expected) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(new RecordDfa(new Nfa(ByteExpression.of(expression, false).tree())).matches(bytes, 0, bytes.length))
                .isEqualTo(expected);
    }

    /** What names characters matches valid UTF-8 only; what names none still matches any byte. */
    @Test
    void bytesThatAreNoUtf8AreNoCharacter() {
        byte[][] invalid = {
            {(byte) 0xff},
            {(byte) 0xc3},
            {(byte) 0x84},
            {(byte) 0xc0, (byte) 0x80},
            {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
        };
        for (byte[] bytes : invalid) {
            for (String expression : List.of("[^Ä]", "\\P{Lu}", "[\\x{80}-\\x{10ffff}]", "\\p{Any}")) {
                assertThat(dfa(expression).matches(bytes, 0, bytes.length))
                        .as("%s on %s", expression, bytes)
                        .isFalse();
            }
            for (String expression : List.of("[^a]", "\\W", ".", "[\\x80-\\xff]")) {
                assertThat(dfa(expression).matches(bytes, 0, bytes.length)).isTrue();
            }
        }
        byte[] around = {'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, (byte) 0xc3};
        ByteRegex regex = new ByteRegex(new Nfa(ByteExpression.of("[^Ä]", false).tree()), 0);
        assertThat(Re2jTruth.found(regex, around, 0, around.length))
                .containsExactly(List.of(0, 1, -1, -1), List.of(2, 4, -1, -1));
    }

    private static RecordDfa dfa(String expression) {
        return new RecordDfa(new Nfa(ByteExpression.of(expression, false).tree()));
    }
}
