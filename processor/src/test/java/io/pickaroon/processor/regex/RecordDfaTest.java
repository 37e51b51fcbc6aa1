package io.pickaroon.processor.regex;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pickaroon.processor.rule.CompiledPattern;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.search.Needle;
import io.pickaroon.processor.search.NeedleSearch;
import io.pickaroon.processor.search.VectorByteSearch;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            Optional<Re2jTruth> regex = Re2jTruth.of(expression, ignoreCase);
            if (regex.isEmpty()) {
                continue;
            }
            CompiledPattern pattern = CompiledPattern.of(new Pattern.Regex(expression, ignoreCase));
            RecordDfa dfa = new RecordDfa(pattern.nfa());
            List<Needle> needles = pattern.needles();
            NeedleSearch search =
                    needles.isEmpty() ? null : new NeedleSearch(needles, 1 + random.nextInt(4), new VectorByteSearch());
            for (int input = 0; input < 20; input++) {
                byte[] bytes = RandomExpression.bytes(random, INPUT, random.nextInt(12));
                int from = random.nextInt(bytes.length + 1);
                boolean expected = regex.get().find(bytes, from, bytes.length);
                String what = "'%s'%s on '%s'"
                        .formatted(
                                expression,
                                ignoreCase ? " in either case" : "",
                                new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1));
                assertThat(dfa.matches(bytes, from, bytes.length)).as(what).isEqualTo(expected);
                if (search != null) {
                    boolean candidate = search.next(bytes, from, from, bytes.length) >= 0;
                    assertThat(candidate || !expected).as("needle of %s", what).isTrue();
                    assertThat(!candidate || expected || !pattern.needlesSuffice())
                            .as("candidate of %s", what)
                            .isTrue();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Needs 2 to the power of 15 states.
                "a[ab]{14}c",
                // Of each state some hundreds of instructions wait, and no two states are alike.
                "a[ab]{900}c",
                "\\Ba[ab]{200}\\n|^a[ab]{100}\\bc",
                "(?m)^a[ab]{30}c$"
            })
    void givesUpStatesWhereTheyAreOfNoUseAndStillAgrees(String expression) {
        RecordDfa dfa = dfa(expression);
        Re2jTruth truth = Re2jTruth.of(expression, false).orElseThrow();
        Random random = new Random(1);
        for (int round = 0; round < 8; round++) {
            byte[] bytes = RandomExpression.bytes(random, "ab", round == 0 ? 100_000 : 10_000);
            for (int length : new int[] {15, 31, 101, 201, 901}) {
                int end = 1_000 + random.nextInt(8_000);
                bytes[end] = (byte) "c\n".charAt(random.nextInt(2));
                bytes[end - length] = (byte) "ab\n".charAt(random.nextInt(3));
            }
            assertThat(dfa.matches(bytes, 0, bytes.length)).isEqualTo(truth.find(bytes, 0, bytes.length));
        }
    }

    /** So the time for a byte cannot depend on how many records were looked at: states are tried again ever more rarely. */
    @Test
    void makesStatesForFewOfTheRecordsWhereTheyAreOfNoUse() {
        RecordDfa dfa = dfa("a[ab]{300}c");
        Random random = new Random(2);
        byte[] bytes = RandomExpression.bytes(random, "ab", 200_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(dfa.matches(bytes, 0, 50_000)).isFalse();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int start = 0; start < bytes.length; start += 1_000) {
            assertThat(dfa.matches(bytes, start, start + 1_000)).isFalse();
        }
        // States for each of the 200 records take 150 MB.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8_000_000);
    }

    /** The first thousand states of the record are all new; from there on it stays in one. */
    @Test
    void takesStatesAgainWithinTheRecordWhereTheyWereGivenUp() {
        RecordDfa dfa = dfa("(?:a?){300}a{300}b");
        byte[] bytes = "a".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(dfa.matches(bytes, 0, bytes.length)).isFalse();
        assertThat(dfa.walkedBytes()).isLessThan(10_000);
        bytes[999_999] = 'b';
        assertThat(dfa.matches(bytes, 0, bytes.length)).isTrue();
        assertThat(dfa.walkedBytes()).isLessThan(20_000);
    }

    @Test
    void anAutomatonMayBeLarge() {
        RecordDfa dfa = dfa("(([a-c]{20}){20}x){12}y");
        byte[] bytes = (("b".repeat(400) + "x").repeat(12) + "y").getBytes(StandardCharsets.US_ASCII);
        assertThat(dfa.matches(bytes, 0, bytes.length)).isTrue();
        assertThat(dfa.matches(bytes, 1, bytes.length)).isFalse();
    }

    private static RecordDfa dfa(String expression) {
        return new RecordDfa(new Nfa(ByteExpression.of(expression, false).tree()));
    }
}
