package io.pickaroon.processor.scan;

import io.pickaroon.processor.detect.Candidates;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.RecordMatcher;
import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.search.MatchVisitor;
import io.pickaroon.processor.search.NeedleFilter;
import io.pickaroon.processor.search.NeedleSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Walks over a buffer from one record that may match to the next, for all rules at once: one search for the needles of
 * all of them. A record that holds a needle is then tested by the rules that the needle belongs to.
 *
 * <p>Used by one thread at a time. {@link #begin} comes first for each new content of the buffer, and {@link #lookAt}
 * first for each record.
 */
final class RuleSearch {
    private static final int NONE = Integer.MAX_VALUE;
    private static final int UNKNOWN = -1;

    private final SearchPlan plan;
    private final ByteSearch search;
    private final RecordMatcher[] tests;
    private final List<NeedleSearch> searches = new ArrayList<>();
    /** For each search the rule that each of its needles belongs to. */
    private final List<int[]> rulesOf = new ArrayList<>();
    /** Null if there is none; its place among the searches is after all others. */
    private final NeedleFilter filter;

    /** Null if no rule detects something; their place is the last one. */
    private final Candidates detected;

    /** For each search the rules that its needles belong to. */
    private final List<BitSet> rulesWith = new ArrayList<>();

    private final BitSet unaided;
    private final BitSet candidates = new BitSet();
    /** Rules that a search has not yet found in the record. */
    private final BitSet missing = new BitSet();

    private byte[] bytes;
    private int end;
    /** For each search the index of its next needle, if that is known. */
    private final int[] next;

    RuleSearch(SearchPlan plan, ByteSearch search, RecordFields fields) {
        this.plan = plan;
        this.search = search;
        this.tests = new RecordMatcher[plan.ruleCount()];
        Arrays.setAll(tests, rule -> plan.newTest(rule, search, fields));
        this.unaided = plan.unaided();
        addSearch(plan.near(), 1, search);
        addSearch(plan.runs(), plan.strideOfRuns(), search);
        this.filter = plan.filter().orElse(null);
        if (filter != null) {
            rulesWith.add(filter.rules());
        }
        this.detected = plan.detecting().isEmpty() ? null : plan.newCandidates();
        if (detected != null) {
            rulesWith.add(plan.detecting());
            plan.detecting().stream().forEach(rule -> ((RecordMatcher.OfDetectors) tests[rule]).share(detected));
        }
        this.next = new int[rulesWith.size()];
    }

    private void addSearch(SearchPlan.Needles needles, int stride, ByteSearch search) {
        if (!needles.isEmpty()) {
            searches.add(new NeedleSearch(needles.needles(), stride, search));
            int[] rules = needles.rules().stream().mapToInt(Integer::intValue).toArray();
            rulesOf.add(rules);
            BitSet with = new BitSet();
            Arrays.stream(rules).forEach(with::set);
            rulesWith.add(with);
        }
    }

    /** What it searches with. */
    ByteSearch bytes() {
        return search;
    }

    /** Starts a walk over {@code [0, end)} of the array. */
    void begin(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        Arrays.fill(next, UNKNOWN);
        if (detected != null) {
            detected.begin(bytes);
        }
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
                int found = nextPlace(i, from, from, end);
                next[i] = found < 0 ? NONE : found;
            }
            nearest = Math.min(nearest, next[i]);
        }
        return nearest == NONE ? -1 : nearest;
    }

    private int nextPlace(int search, int from, int lowest, int to) {
        if (isDetected(search)) {
            return detected.next(from, to);
        }
        return search == searches.size()
                ? filter.next(bytes, from, to)
                : searches.get(search).next(bytes, from, lowest, to);
    }

    private boolean isDetected(int search) {
        return detected != null && search == next.length - 1;
    }

    /** Finds out which rules the record whose content is {@code [start, contentEnd)} may match, after a walk to it. */
    void lookAt(int start, int contentEnd) {
        candidates.clear();
        candidates.or(unaided);
        for (int i = 0; i < next.length; i++) {
            missing.clear();
            missing.or(rulesWith.get(i));
            missing.andNot(candidates);
            if (isDetected(i)) {
                boolean isFarther = unaided.isEmpty() && next[i] >= contentEnd;
                if (!isFarther && detected.lookAt(start, contentEnd)) {
                    candidates.or(plan.detecting());
                }
                continue;
            }
            int from = unaided.isEmpty() ? Math.max(start, next[i]) : start;
            while (from < contentEnd && !missing.isEmpty()) {
                int place = nextPlace(i, from, start, contentEnd);
                if (place < 0) {
                    break;
                }
                addCandidates(i, place);
                from = place + 1;
            }
        }
    }

    /** Instead of {@link #begin} and {@link #lookAt}, for a record in an array of which another search found this out. */
    void lookedAt(byte[] newBytes, BitSet rules) {
        bytes = newBytes;
        if (detected != null) {
            detected.begin(newBytes);
        }
        candidates.clear();
        candidates.or(rules);
    }

    private void addCandidates(int search, int place) {
        if (search == searches.size()) {
            for (int entry = filter.firstEntry(bytes, place); entry >= 0; entry = filter.nextEntry(entry)) {
                addCandidate(filter.rule(entry));
            }
            return;
        }
        NeedleSearch needles = searches.get(search);
        int[] ruleOf = rulesOf.get(search);
        for (int needle = needles.found(0); needle >= 0; needle = needles.found(needle + 1)) {
            addCandidate(ruleOf[needle]);
        }
    }

    private void addCandidate(int rule) {
        candidates.set(rule);
        missing.clear(rule);
    }

    /** The first rule with at least this number that may match the record of the last {@link #lookAt}, or -1. */
    int candidate(int fromRule) {
        return candidates.nextSetBit(fromRule);
    }

    /** True if the rule matches the record of the last {@link #lookAt}. */
    boolean matches(int rule, int start, int contentEnd) {
        return candidates.get(rule) && (plan.isDecidedByNeedles(rule) || tests[rule].matches(bytes, start, contentEnd));
    }

    /** What tests the records of a rule, for other bytes, too. */
    RecordMatcher matcher(int rule) {
        return tests[rule];
    }

    /** Visits the matches of a rule in the record whose content is {@code [start, contentEnd)}. */
    void visitMatches(int rule, int start, int contentEnd, String group, MatchVisitor visitor) {
        tests[rule].visitMatches(bytes, start, contentEnd, group, visitor);
    }
}
