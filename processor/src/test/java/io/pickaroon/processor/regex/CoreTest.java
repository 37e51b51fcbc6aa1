package io.pickaroon.processor.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreTest {
    private static final String INPUT = "aaabbcABC112_-. \t\n\r\u00c3\u00a9\u00ff\u0000{,é";

    @Test
    void matchesInTheSameTextsAsTheWholeExpression() {
        Random random = new Random(7);
        RandomExpression expressions = new RandomExpression(random);
        int compared = 0;
        int smaller = 0;
        for (int round = 0; round < 20_000; round++) {
            String expression = expressions.next();
            ByteNode tree;
            try {
                tree = ByteExpression.of(expression, false).tree();
            } catch (IllegalArgumentException _) {
                continue;
            }
            Nfa whole = new Nfa(tree);
            Nfa core = new Nfa(Core.of(tree));
            smaller += core.size() < whole.size() ? 1 : 0;
            RecordDfa ofWhole = new RecordDfa(whole);
            RecordDfa ofCore = new RecordDfa(core, RecordDfa.FEW_NUMBERS);
            for (int input = 0; input < 20; input++) {
                byte[] bytes = RandomExpression.bytes(random, INPUT, random.nextInt(12));
                assertThat(ofCore.matches(bytes, 0, bytes.length))
                        .as("'%s' on '%s'", expression, new String(bytes, StandardCharsets.ISO_8859_1))
                        .isEqualTo(ofWhole.matches(bytes, 0, bytes.length));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(200_000);
        assertThat(smaller).isGreaterThan(2_000);
    }

    @ParameterizedTest
    @CsvSource({
        "'[a-z.]{0,50}?key=[a-z]{20,300}', 'key=[a-z]{20}'",
        "'(?:[ab]*(x|c+))(d{2,5}|e?)', '(?:(x|c))(d{2}|)'",
        "'a+b+', 'ab'",
        "'\\ba*b$', '\\ba*b$'",
        "'a*', ''"
    })
    void leavesOutWhatMayBeMissingAtItsEnds(String expression, String core) {
        assertThat(new Nfa(Core.of(ByteExpression.of(expression, false).tree())).size())
                .isEqualTo(new Nfa(ByteExpression.of(core, false).tree()).size());
    }
}
