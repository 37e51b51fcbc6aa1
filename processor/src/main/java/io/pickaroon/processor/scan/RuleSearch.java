package io.pickaroon.processor.scan;

import java.util.ArrayList;
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

    private final RecordTest[] tests;
    /** The needles of all rules, if any rule has some. */
    private final NeedleSearch needles;
    /** Of each needle the rule that it belongs to. */
    private final int[] ruleOf;
    /** Rules without needles, which are asked about every record. */
    private final BitSet unaided = new BitSet();

    private final BitSet candidates = new BitSet();
    private byte[] bytes;
    private int end;
    /** Index of the next needle, if it is known. */
    private int next;

    RuleSearch(List<Rule> rules, ByteSearch search) {
        this.tests = new RecordTest[rules.size()];
        List<Needle> all = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int rule = 0; rule < tests.length; rule++) {
            tests[rule] = RecordTest.of(rules.get(rule).pattern(), search);
            unaided.set(rule, tests[rule].needles().isEmpty());
            for (Needle needle : tests[rule].needles()) {
                all.add(needle);
                owners.add(rule);
            }
        }
        this.needles = all.isEmpty() ? null : new NeedleSearch(all, search);
        this.ruleOf = owners.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Starts a walk over {@code [0, end)} of the array. */
    void begin(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        this.next = UNKNOWN;
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
        if (next < from) {
            int found = needles == null ? -1 : needles.next(bytes, from, from, end);
            next = found < 0 ? NONE : found;
        }
        return next == NONE ? -1 : next;
    }

    /** Finds out which rules the record whose content is {@code [start, contentEnd)} may match, after a walk to it. */
    void lookAt(int start, int contentEnd) {
        candidates.clear();
        candidates.or(unaided);
        if (needles == null) {
            return;
        }
        int from = unaided.isEmpty() ? Math.max(start, next) : start;
        while (from < contentEnd && candidates.cardinality() < tests.length) {
            int place = needles.next(bytes, from, start, contentEnd);
            if (place < 0) {
                return;
            }
            for (int needle = needles.found(0); needle >= 0; needle = needles.found(needle + 1)) {
                candidates.set(ruleOf[needle]);
            }
            from = place + 1;
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
