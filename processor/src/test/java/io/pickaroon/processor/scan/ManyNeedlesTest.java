package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteNode;
import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.regex.RandomWords;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.search.ScalarByteSearch;
import io.pickaroon.processor.search.SortedTexts;
import io.pickaroon.processor.search.VectorByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words in a list and in an expression, few and very many, beside {@link String#contains}. */
@Execution(ExecutionMode.CONCURRENT)
class ManyNeedlesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 9, 120, 128, 129, 140, 1_000, 20_000})
    void aListAndAnExpressionOfWordsFindWhatANaiveSearchFinds(int count) {
        Random random = new Random(count);
        List<String> words = new ArrayList<>(RandomWords.list(count, count));
        // Too short for a window, one that is the beginning of others, and one outside ASCII.
        for (String more : List.of("qj", "#", words.getFirst().substring(0, 3), "größe", "ärgernis")) {
            if (count >= 7 && words.size() > 6) {
                words.set(random.nextInt(words.size()), more);
            }
        }
        List<String> some = new ArrayList<>(words.subList(0, Math.min(200, words.size())));
        some.add(words.getLast());
        for (boolean ignoreCase : new boolean[] {false, true}) {
            List<Rule> rules = List.of(
                    new Rule("list", new Pattern.AnyOf(words, ignoreCase)),
                    new Rule("expression", new Pattern.Regex(String.join("|", words), ignoreCase)),
                    new Rule("within", new Pattern.Regex("=(?:" + String.join("|", words) + ")\\b", ignoreCase)),
                    new Rule("other", new Pattern.Literal("needle", false)));
            RuleSearch search = new RuleSearch(
                    new SearchPlan(rules), new VectorByteSearch(), new RecordFields(rules, Optional.empty()));
            StringBuilder log = new StringBuilder();
            for (int line = 0; line < 300; line++) {
                String word = some.get(random.nextInt(some.size()));
                log.append("line ").append(line).append(random.nextBoolean() ? " =" : " ");
                log.append(
                        switch (random.nextInt(6)) {
                            case 0 -> word;
                            case 1 -> word + "x";
                            case 2 -> word.toUpperCase(Locale.ROOT);
                            case 3 -> word.substring(0, word.length() - 1);
                            case 4 -> "needle " + word;
                            default -> "zqzqzq";
                        });
                log.append('\n');
            }
            assertThat(matches(search, rules.size(), log.toString()))
                    .isEqualTo(expected(words, ignoreCase, log.toString()));
        }
    }

    private static List<BitSet> matches(RuleSearch search, int rules, String log) {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        List<BitSet> all = new ArrayList<>();
        search.begin(bytes, bytes.length);
        int start = 0;
        while (start < bytes.length) {
            int candidate = search.nextCandidate(start);
            int end = start;
            while (bytes[end] != '\n') {
                end++;
            }
            BitSet matched = new BitSet();
            if (candidate >= 0 && candidate <= end) {
                search.lookAt(start, end);
                for (int rule = 0; rule < rules; rule++) {
                    matched.set(rule, search.matches(rule, start, end));
                }
            }
            all.add(matched);
            start = end + 1;
        }
        return all;
    }

    private static List<BitSet> expected(List<String> words, boolean ignoreCase, String log) {
        List<String> texts =
                words.stream().map(word -> ignoreCase ? lower(word) : word).toList();
        List<BitSet> all = new ArrayList<>();
        for (String line : log.split("\n")) {
            String text = ignoreCase ? lower(line) : line;
            BitSet matched = new BitSet();
            matched.set(0, texts.stream().anyMatch(text::contains));
            // In an expression, characters outside ASCII have cases, too.
            String folded = ignoreCase ? line.toLowerCase(Locale.ROOT) : line;
            matched.set(
                    1,
                    texts.stream()
                            .map(word -> ignoreCase ? word.toLowerCase(Locale.ROOT) : word)
                            .anyMatch(folded::contains));
            matched.set(
                    2,
                    texts.stream()
                            .map(word -> ignoreCase ? word.toLowerCase(Locale.ROOT) : word)
                            .anyMatch(word -> standsAfterEquals(word, folded)));
            matched.set(3, line.contains("needle"));
            all.add(matched);
        }
        return all;
    }

    private static boolean standsAfterEquals(String word, String line) {
        for (int at = line.indexOf("=" + word); at >= 0; at = line.indexOf("=" + word, at + 1)) {
            int end = at + 1 + word.length();
            boolean wordBefore = ByteNode.WORD.contains(word.charAt(word.length() - 1) & 0x7f)
                    && word.charAt(word.length() - 1) < 0x80;
            boolean wordAfter =
                    end < line.length() && line.charAt(end) < 0x80 && ByteNode.WORD.contains(line.charAt(end));
            if (wordBefore != wordAfter) {
                return true;
            }
        }
        return false;
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    @Test
    void findsEveryTextOfAListOfManyWhereItStands() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            boolean ignoreCase = random.nextBoolean();
            List<String> texts = new ArrayList<>();
            for (int count = 1 + random.nextInt(40); count > 0; count--) {
                StringBuilder text = new StringBuilder();
                for (int length = 1 + random.nextInt(5); length > 0; length--) {
                    text.append("abA\u0000é".charAt(random.nextInt(5)));
                }
                texts.add(text.toString());
            }
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append("abA\u0000é".charAt(random.nextInt(5)));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            BitSet standing = new BitSet();
            new SortedTexts(texts, ignoreCase).addStanding(bytes, 0, bytes.length, standing);
            BitSet expected = new BitSet();
            for (int i = 0; i < texts.size(); i++) {
                expected.set(
                        i,
                        ignoreCase
                                ? lower(text.toString()).contains(lower(texts.get(i)))
                                : text.toString().contains(texts.get(i)));
            }
            assertThat(standing).as("%s in '%s'", texts, text).isEqualTo(expected);
        }
    }

    /** Memory that is made for an expression grows with it, and no faster. */
    @Test
    void theAutomatonOfAListOfWordsIsATrie() {
        for (int count : new int[] {100, 1_000, 10_000}) {
            List<String> words = RandomWords.list(count, 1);
            int characters = words.stream().mapToInt(String::length).sum();
            assertThat(new Nfa(ByteExpression.of(String.join("|", words), false).tree()).size())
                    .isBetween(characters / 2, characters);
        }
        assertThat(new Nfa(ByteExpression.of("request-1|request-2|request-3", false)
                                .tree())
                        .size())
                .isEqualTo(2 + "request-".length() + 1);
    }

    @Test
    void manyWordsThatBeginAlikeAreToldApartByTheirEnds() {
        List<String> words = new ArrayList<>();
        for (int i = 10_000; i < 30_000; i++) {
            words.add("user-account-" + i);
        }
        SearchPlan plan = new SearchPlan(List.of(new Rule("users", new Pattern.AnyOf(words, false))));
        RuleSearch search = new RuleSearch(plan, new ScalarByteSearch(), new RecordFields(List.of(), Optional.empty()));
        assertThat(matches(search, 1, "user-account-9999 user-account-\nuser-account-12345\nuser-account-30000\n"))
                .extracting(BitSet::cardinality)
                .containsExactly(0, 1, 0);
    }
}
