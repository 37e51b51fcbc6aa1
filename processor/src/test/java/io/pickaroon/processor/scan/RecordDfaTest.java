package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RE2/J, which sees one record after the other as a text, is the truth. */
class RecordDfaTest {
    private static final String INPUT = "aaabbcABC112_-. \t\n\r\u00c3\u00a9\u00ff\u0000{,é";

    @Test
    void automatonAndNeedlesAgreeWithRe2jOnRandomExpressions() {
        Random random = new Random(42);
        RandomExpression expressions = new RandomExpression(random);
        int compared = 0;
        int matched = 0;
        int withNeedles = 0;
        for (int round = 0; round < 20_000; round++) {
            String expression = expressions.next();
            boolean ignoreCase = random.nextInt(5) == 0;
            Optional<ByteRegex> regex = accepted(expression, ignoreCase);
            if (regex.isEmpty()) {
                continue;
            }
            RecordTest.OfRegex test = RecordTest.OfRegex.of(expression, ignoreCase);
            if (test.dfa().isEmpty()) {
                continue;
            }
            List<Needle> needles = test.needles();
            NeedleSearch search =
                    needles.isEmpty() ? null : new NeedleSearch(needles, 1 + random.nextInt(4), new VectorByteSearch());
            for (int input = 0; input < 20; input++) {
                byte[] bytes = randomBytes(random, random.nextInt(12));
                int from = random.nextInt(bytes.length + 1);
                boolean expected = regex.get().find(bytes, from, bytes.length);
                String what = "'%s'%s on '%s'"
                        .formatted(
                                expression,
                                ignoreCase ? " in either case" : "",
                                new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1));
                assertThat(test.dfa().get().matches(bytes, from, bytes.length))
                        .as(what)
                        .isEqualTo(expected);
                if (search != null) {
                    boolean candidate = search.next(bytes, from, from, bytes.length) >= 0;
                    assertThat(candidate || !expected).as("needle of %s", what).isTrue();
                    if (candidate) {
                        assertThat(test.matchesCandidate(bytes, from, bytes.length))
                                .as("candidate of %s", what)
                                .isEqualTo(expected);
                    }
                    withNeedles++;
                }
                compared++;
                matched += expected ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThan(200_000);
        assertThat(matched).isBetween(compared / 10, compared * 9 / 10);
        assertThat(withNeedles).isGreaterThan(compared / 4);
    }

    @Test
    void forgetsStatesWhenTheyAreTooManyAndStillAgrees() {
        // Needs 2 to the power of 15 states.
        RecordTest.OfRegex test = RecordTest.OfRegex.of("a[ab]{14}c", false);
        ByteRegex truth = ByteRegex.compile("a[ab]{14}c", false);
        Random random = new Random(1);
        for (int round = 0; round < 30; round++) {
            byte[] bytes = new byte[20_000];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) "ab".charAt(random.nextInt(2));
            }
            bytes[random.nextInt(bytes.length)] = (byte) "bc".charAt(round % 2);
            assertThat(test.dfa().orElseThrow().matches(bytes, 0, bytes.length))
                    .isEqualTo(truth.find(bytes, 0, bytes.length));
        }
    }

    @Test
    void forgetsStatesWhenTheyAreLargeAndStillAgrees() {
        // Of each state some hundreds of instructions wait, and no two states are alike.
        RecordTest.OfRegex test = RecordTest.OfRegex.of("a[ab]{900}c", false);
        ByteRegex truth = ByteRegex.compile("a[ab]{900}c", false);
        Random random = new Random(2);
        for (int round = 0; round < 4; round++) {
            byte[] bytes = new byte[3_000];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) "ab".charAt(random.nextInt(2));
            }
            bytes[2_500] = (byte) 'c';
            bytes[2_500 - 901] = (byte) "ab".charAt(round % 2);
            assertThat(test.dfa().orElseThrow().matches(bytes, 0, bytes.length))
                    .isEqualTo(truth.find(bytes, 0, bytes.length));
        }
    }

    @Test
    void leavesAnExpressionThatIsTooLargeToRe2j() {
        RecordTest.OfRegex test = RecordTest.OfRegex.of("(([a-c]{20}){20}x){12}y", false);
        assertThat(test.dfa()).isEmpty();
        byte[] bytes = (("b".repeat(400) + "x").repeat(12) + "y").getBytes(StandardCharsets.US_ASCII);
        assertThat(test.matchesCandidate(bytes, 0, bytes.length)).isTrue();
        assertThat(test.matchesCandidate(bytes, 1, bytes.length)).isFalse();
    }

    private static Optional<ByteRegex> accepted(String expression, boolean ignoreCase) {
        try {
            return Optional.of(ByteRegex.compile(expression, ignoreCase));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) INPUT.charAt(random.nextInt(INPUT.length()));
        }
        return bytes;
    }
}
