package io.pickaroon.processor.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Walks over a buffer from one record that may match to the next, for all rules at once: one search for the needles of all
 * of them, whatever their number. A record that holds a needle is then put to the rules that the needle belongs to.
 *
 * <p>Used by one thread at a time. {@link #begin} comes first for each new content of the buffer, and {@link #lookAt}
 * first for each record.
 */
final class RuleSearch {
    private static final int NONE = Integer.MAX_VALUE;
    private static final int UNKNOWN = -1;
    /** A needle that stands in more places than this is looked for at a stride, if it is long. */
    private static final double COMMON_SHARE = 0.001;

    private static final int SHORTEST_RUN = 7;

    private final RecordTest[] tests;
    /** The needles of all rules: those that four neighbours tell apart from most of a log, and long runs of a kind. */
    private final List<NeedleSearch> searches = new ArrayList<>();
    /** For each search the rule that each of its needles belongs to. */
    private final List<int[]> rulesOf = new ArrayList<>();

    /** Rules without needles, which are asked about every record. */
    private final BitSet unaided = new BitSet();

    private final BitSet candidates = new BitSet();
    private byte[] bytes;
    private int end;
    /** For each search the index of its next needle, if that is known. */
    private final int[] next;

    RuleSearch(List<Rule> rules, ByteSearch search) {
        this.tests = new RecordTest[rules.size()];
        List<Needle> near = new ArrayList<>();
        List<Integer> nearRules = new ArrayList<>();
        List<Needle> runs = new ArrayList<>();
        List<Integer> runRules = new ArrayList<>();
        for (int rule = 0; rule < tests.length; rule++) {
            tests[rule] = RecordTest.of(rules.get(rule).pattern(), search);
            unaided.set(rule, tests[rule].needles().isEmpty());
            for (Needle needle : tests[rule].needles()) {
                boolean isRun = needle.lengthBytes() >= SHORTEST_RUN && needle.sievedShare(1) > COMMON_SHARE;
                (isRun ? runs : near).add(needle);
                (isRun ? runRules : nearRules).add(rule);
            }
        }
        addSearch(near, nearRules, 1, search);
        int shortest = runs.stream().mapToInt(Needle::lengthBytes).min().orElse(SHORTEST_RUN);
        addSearch(runs, runRules, (shortest - 1) / (Sieve.POSITIONS - 1), search);
        this.next = new int[searches.size()];
    }

    private void addSearch(List<Needle> needles, List<Integer> rules, int stride, ByteSearch search) {
        if (!needles.isEmpty()) {
            searches.add(new NeedleSearch(needles, stride, search));
            rulesOf.add(rules.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    /** Starts a walk over {@code [0, end)} of the array. */
    void begin(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        Arrays.fill(next, UNKNOWN);
    }

    /**
     * An index at or after {@code from} in the next record that may match, or -1 if none does.
     *
     * @param from start of a record, not before that of the previous call
     */
    int nextCandidate(int from) {
        if (!unaided.isEmpty()) {
            return from;
        }
        int nearest = NONE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < from) {
                int found = searches.get(i).next(bytes, from, from, end);
                next[i] = found < 0 ? NONE : found;
            }
            nearest = Math.min(nearest, next[i]);
        }
        return nearest == NONE ? -1 : nearest;
    }

    /** Finds out which rules the record whose content is {@code [start, contentEnd)} may match, after a walk to it. */
    void lookAt(int start, int contentEnd) {
        candidates.clear();
        candidates.or(unaided);
        for (int i = 0; i < next.length; i++) {
            NeedleSearch needles = searches.get(i);
            int[] ruleOf = rulesOf.get(i);
            int from = unaided.isEmpty() ? Math.max(start, next[i]) : start;
            while (from < contentEnd && candidates.cardinality() < tests.length) {
                int place = needles.next(bytes, from, start, contentEnd);
                if (place < 0) {
                    break;
                }
                for (int needle = needles.found(0); needle >= 0; needle = needles.found(needle + 1)) {
                    candidates.set(ruleOf[needle]);
                }
                from = place + 1;
            }
        }
    }

    /** Whether a rule matches the record that was looked at last. */
    boolean matches(int rule, int start, int contentEnd) {
        return candidates.get(rule) && tests[rule].matchesCandidate(bytes, start, contentEnd);
    }

    /** Visits the matches of a rule in the record whose content is {@code [start, contentEnd)}. */
    void visitMatches(int rule, int start, int contentEnd, String group, RecordTest.MatchVisitor visitor) {
        tests[rule].visitMatches(bytes, start, contentEnd, group, visitor);
    }
}
