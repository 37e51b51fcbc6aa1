package io.pickaroon.processor.secret;

import io.pickaroon.processor.detect.Finder;
import io.pickaroon.processor.detect.Places;
import io.pickaroon.processor.regex.ByteNode;
import io.pickaroon.processor.regex.RequiredNeedles;
import io.pickaroon.processor.search.Needle;
import io.pickaroon.processor.search.SortedTexts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rules for secrets, compiled once for all threads. One pass over a record finds out which keywords it has; only the rules of these look
 * at it. Thread-safe.
 */
public final class SecretRules {
    private final List<CompiledSecret> rules = new ArrayList<>();
    private final List<Needle> needles;
    private final SortedTexts keywords;
    /** The rules of each keyword. */
    private final List<int[]> rulesOf;
    /** Rules without keywords. */
    private final BitSet always = new BitSet();

    public SecretRules(List<SecretRule> secrets) {
        Map<Allowance, CompiledAllowance> allowances = new HashMap<>();
        Map<String, List<Integer>> byKeyword = new LinkedHashMap<>();
        Set<Needle> required = new LinkedHashSet<>();
        boolean haveNeedles = true;
        for (SecretRule secret : secrets) {
            int number = rules.size();
            CompiledSecret rule = new CompiledSecret(
                    secret,
                    secret.allowances().stream()
                            .map(allowance -> allowances.computeIfAbsent(allowance, CompiledAllowance::new))
                            .toList());
            rules.add(rule);
            always.set(number, secret.keywords().isEmpty());
            secret.keywords().stream()
                    .map(keyword -> keyword.toLowerCase(Locale.ROOT))
                    .distinct()
                    .forEach(keyword -> byKeyword
                            .computeIfAbsent(keyword, _ -> new ArrayList<>())
                            .add(number));
            List<Needle> its = needles(secret, rule.tree());
            haveNeedles &= !its.isEmpty();
            required.addAll(its);
        }
        this.needles = haveNeedles ? List.copyOf(required) : List.of();
        this.keywords = new SortedTexts(List.copyOf(byKeyword.keySet()), true);
        this.rulesOf = byKeyword.values().stream()
                .map(numbers -> numbers.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** The keywords, or what the expression cannot do without, whichever is rarer in logs; none if a record needs nothing. */
    private static List<Needle> needles(SecretRule secret, ByteNode tree) {
        List<Needle> ofExpression = RequiredNeedles.of(tree).needles();
        List<Needle> ofKeywords = secret.keywords().stream()
                .map(keyword -> Needle.of(keyword, true))
                .toList();
        boolean expressionIsRarer =
                !ofExpression.isEmpty() && (ofKeywords.isEmpty() || RequiredNeedles.areRarer(ofExpression, ofKeywords));
        return expressionIsRarer ? ofExpression : ofKeywords;
    }

    /** Needles of which each record with a secret has one; none if nothing is known of such records. */
    public List<Needle> needles() {
        return needles;
    }

    /** The expressions of the rules: a record in which none of them matches has no secret. */
    public List<ByteNode> trees() {
        return rules.stream().map(CompiledSecret::tree).toList();
    }

    /** What finds the secrets, for one thread. */
    public Finder newFinder() {
        return new SecretFinder();
    }

    private final class SecretFinder implements Finder {
        private final CompiledSecret.Search[] searches = new CompiledSecret.Search[rules.size()];
        private final Entropy entropy = new Entropy();
        private final BitSet standing = new BitSet();
        private final BitSet asked = new BitSet();

        @Override
        public void find(byte[] bytes, int start, int end, Places found) {
            asked.clear();
            asked.or(always);
            standing.clear();
            keywords.addStanding(bytes, start, end, standing);
            for (int keyword = standing.nextSetBit(0); keyword >= 0; keyword = standing.nextSetBit(keyword + 1)) {
                for (int rule : rulesOf.get(keyword)) {
                    asked.set(rule);
                }
            }
            for (int rule = asked.nextSetBit(0); rule >= 0; rule = asked.nextSetBit(rule + 1)) {
                if (searches[rule] == null) {
                    searches[rule] = rules.get(rule).newSearch(entropy);
                }
                searches[rule].find(bytes, start, end, found);
            }
        }
    }
}
