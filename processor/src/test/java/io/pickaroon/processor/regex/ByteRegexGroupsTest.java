package io.pickaroon.processor.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByteRegexGroupsTest {
    private static final String INPUT = "aaabbcABC112_-. \t\n\r\u00c3\u00a9\u00ff\u0000{,";

    @Test
    void tellsWhereSeveralGroupsStandAndWhichTookNoPart() {
        ByteExpression expression =
                ByteExpression.of("(?<level>\\w+) (?:user=(?<user>\\w+)|host=(?<host>\\w+)) (?<rest>.*)", false);
        int[] groups = List.of("rest", "host", "level", "user").stream()
                .mapToInt(expression.groups()::get)
                .toArray();
        ByteRegex regex = new ByteRegex(new Nfa(expression.tree()), groups);
        byte[] bytes = "xx ERROR host=web7 went away".getBytes(StandardCharsets.US_ASCII);

        assertThat(regex.find(bytes, 3, bytes.length)).isTrue();
        assertThat(IntStream.range(0, 4)
                        .mapToObj(group -> List.of(regex.groupStart(group), regex.groupEnd(group)))
                        .toList())
                .containsExactly(List.of(19, 28), List.of(14, 18), List.of(3, 8), List.of(-1, -1));
    }

    @Test
    void findsAllTheGroupsThatRe2jFindsOneByOne() {
        Random random = new Random(23);
        RandomExpression expressions = new RandomExpression(random);
        int compared = 0;
        for (int round = 0; round < 20_000; round++) {
            String expression = "(%s)(%s)?".formatted(expressions.next(), expressions.next());
            Optional<Re2jTruth> truth = Re2jTruth.of(expression, false);
            // RE2/J lets a group take part that is repeated no time; RE2 does not.
            if (truth.isEmpty() || expression.contains("{0}")) {
                continue;
            }
            List<Integer> groups = new ArrayList<>(
                    IntStream.rangeClosed(1, truth.get().pattern().groupCount())
                            .boxed()
                            .toList());
            Collections.shuffle(groups, random);
            ByteRegex regex = new ByteRegex(
                    new Nfa(ByteExpression.of(expression, false).tree()),
                    groups.stream().mapToInt(Integer::intValue).toArray());
            byte[] bytes = RandomExpression.bytes(random, INPUT, random.nextInt(14));
            for (int i = 0; i < groups.size(); i++) {
                List<List<Integer>> found = new ArrayList<>();
                for (boolean more = regex.find(bytes, 0, bytes.length); more; more = regex.findNext()) {
                    found.add(List.of(regex.start(), regex.end(), regex.groupStart(i), regex.groupEnd(i)));
                }
                assertThat(found)
                        .as("'%s', group %d", expression, groups.get(i))
                        .isEqualTo(truth.get().matches(bytes, 0, bytes.length, groups.get(i)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20_000);
    }
}
