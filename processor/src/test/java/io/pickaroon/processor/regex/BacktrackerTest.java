package io.pickaroon.processor.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktrackerTest {
    /** As many instructions times places as there can be here: it always backtracks. */
    private static final int ALWAYS = 1 << 28;

    private static final int NEVER = 0;
    private static final String INPUT = "aaabbcABC112_-. \t\n\r\u00c3\u00a9\u00ff\u0000{,";
    private static final String[] CLASSES = {"", "", "", "[à-ü]+?", "\\x{e9}{0,2}", "[é-\\x{20ac}]"};

    /** Every match with every group, from expressions and ranges of all kinds. */
    @Test
    void findsWhatTheSimulationFinds() {
        Random random = new Random(31);
        RandomExpression expressions = new RandomExpression(random);
        int compared = 0;
        int matching = 0;
        for (int round = 0; round < 4_000; round++) {
            String expression = expressions.next() + CLASSES[random.nextInt(CLASSES.length)] + expressions.next();
            ByteExpression read;
            try {
                read = ByteExpression.of(expression, random.nextInt(5) == 0);
            } catch (IllegalArgumentException _) {
                continue;
            }
            Nfa nfa = new Nfa(read.tree());
            int[] groups = groups(expression);
            ByteRegex backtracking = new ByteRegex(ALWAYS, nfa, groups);
            ByteRegex simulating = new ByteRegex(NEVER, nfa, groups);
            for (int input = 0; input < 10; input++) {
                byte[] bytes = random.nextInt(4) == 0
                        ? new byte[random.nextInt(200)]
                        : RandomExpression.bytes(random, INPUT, random.nextInt(random.nextInt(8) == 0 ? 200 : 20));
                if (bytes.length > 0 && bytes[0] == 0) {
                    random.nextBytes(bytes);
                }
                int from = random.nextInt(bytes.length + 1);
                int to = from + random.nextInt(bytes.length - from + 1);
                List<List<Integer>> expected = matches(simulating, groups.length, bytes, from, to);
                assertThat(matches(backtracking, groups.length, bytes, from, to))
                        .as("'%s' on %s from %d to %d", expression, Arrays.toString(bytes), from, to)
                        .isEqualTo(expected);
                compared++;
                matching += expected.isEmpty() ? 0 : 1;
            }
        }
        assertThat(compared).isGreaterThan(20_000);
        assertThat(matching).isBetween(3_000, compared - 3_000);
    }

    @Test
    void findsTheSameInLongInput() {
        byte[] bytes =
                "2026-11-29 INFO a.b.C: user=u1 id=2 é\u00ff; ".repeat(2_000).getBytes(StandardCharsets.UTF_8);
        for (String expression : List.of(
                "(\\S+) (\\w+) (.*?): (.*)$", "(\\w+)=(\\w+?)\\b", "(?:(a|b|.)*?;)+", "(?s)^(.*) (.*)z?", "x*")) {
            Nfa nfa = new Nfa(ByteExpression.of(expression, false).tree());
            int[] groups = groups(expression);
            assertThat(matches(new ByteRegex(ALWAYS, nfa, groups), groups.length, bytes, 7, bytes.length - 3))
                    .as(expression)
                    .isEqualTo(matches(new ByteRegex(NEVER, nfa, groups), groups.length, bytes, 7, bytes.length - 3));
        }
    }

    /** One of the public constructor takes the other way when input is long, and comes back when it is short again. */
    @Test
    void itsPlaceIsTakenByTheSimulationInLongInput() {
        ByteRegex regex =
                new ByteRegex(new Nfa(ByteExpression.of("(\\w+)=(\\d+)", false).tree()), 1, 2);
        for (int length : new int[] {10, 100_000, 20, 1_000_000, 0}) {
            byte[] bytes = (" ".repeat(length) + "user=17 id=4").getBytes(StandardCharsets.US_ASCII);
            assertThat(matches(regex, 2, bytes, 0, bytes.length))
                    .containsExactly(
                            List.of(length, length + 7, length, length + 4, length + 5, length + 7),
                            List.of(length + 8, length + 12, length + 8, length + 10, length + 11, length + 12));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a|a)*b",
                "(a*)*b",
                "((a*)*)*b",
                "(a+)+b",
                "(a|aa)+b",
                "(.*)(.*)(.*)(.*)=",
                "a*a*a*a*b",
                "(?:a?){20}a{20}b",
                "(.*?)(.*?)(.*?)=",
                "(\\w+)\\s*=",
                "(a|b|ab)*?c"
            })
    void takesStepsInProportionToTheInput(String expression) {
        Nfa nfa = new Nfa(ByteExpression.of(expression, false).tree());
        int[] slotOf = new int[nfa.size()];
        Arrays.fill(slotOf, -1);
        for (int length : new int[] {1_000, 1 << 20}) {
            Backtracker backtracker = new Backtracker(nfa, slotOf);
            byte[] bytes = "a".repeat(length).getBytes(StandardCharsets.US_ASCII);
            backtracker.begin(bytes, 0, length, new int[] {-1, -1, -1, -1});
            for (int place = 0; place <= length; place++) {
                assertThat(backtracker.matchesAt(place)).isFalse();
            }
            assertThat(backtracker.steps()).isBetween((long) length, 4L * nfa.size() * (length + 1));
        }
    }

    private static int[] groups(String expression) {
        return IntStream.rangeClosed(
                        1,
                        Pattern.compile("\\((?!\\?(?![P<]))")
                                .matcher(expression)
                                .results()
                                .toList()
                                .size())
                .toArray();
    }

    private static List<List<Integer>> matches(ByteRegex regex, int groups, byte[] bytes, int from, int to) {
        List<List<Integer>> matches = new ArrayList<>();
        for (boolean found = regex.find(bytes, from, to); found; found = regex.findNext()) {
            List<Integer> match = new ArrayList<>(List.of(regex.start(), regex.end()));
            for (int group = 0; group < groups; group++) {
                match.add(regex.groupStart(group));
                match.add(regex.groupEnd(group));
            }
            matches.add(match);
        }
        return matches;
    }
}
