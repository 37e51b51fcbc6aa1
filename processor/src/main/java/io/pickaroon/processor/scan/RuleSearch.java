package io.pickaroon.processor.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks over a buffer from one record that may match to the next, for all rules at once. Each rule's texts are looked for
 * over the whole buffer, and each search remembers its next hit, so that none looks at the same bytes twice.
 *
 * <p>Used by one thread at a time. {@link #begin} comes first for each new content of the buffer.
 */
final class RuleSearch {
    private static final int NONE = Integer.MAX_VALUE;
    private static final int UNKNOWN = -1;

    private final RecordTest[] tests;
    private final LiteralSearch[] probes;
    /** Probes of rule {@code r} are those from {@code firstProbe[r]} to before {@code firstProbe[r + 1]}. */
    private final int[] firstProbe;

    private final int[] hits;
    private final boolean everyRecordMayMatch;
    private byte[] bytes;
    private int end;

    RuleSearch(List<Rule> rules, ByteSearch search) {
        this.tests = new RecordTest[rules.size()];
        this.firstProbe = new int[rules.size() + 1];
        List<LiteralSearch> all = new ArrayList<>();
        boolean everyRecord = false;
        for (int rule = 0; rule < tests.length; rule++) {
            tests[rule] = RecordTest.of(rules.get(rule).pattern(), search);
            everyRecord |= tests[rule].probes().isEmpty();
            all.addAll(tests[rule].probes());
            firstProbe[rule + 1] = all.size();
        }
        this.probes = all.toArray(LiteralSearch[]::new);
        this.hits = new int[probes.length];
        this.everyRecordMayMatch = everyRecord;
    }

    /** Starts a walk over {@code [0, end)} of the array. */
    void begin(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        Arrays.fill(hits, UNKNOWN);
    }

    /**
     * An index at or after {@code from} in the next record that may match, or -1 if none does.
     *
     * @param from start of a record, not before that of the previous call
     */
    int nextCandidate(int from) {
        int next = NONE;
        for (int probe = 0; probe < probes.length; probe++) {
            if (hits[probe] < from) {
                int hit = probes[probe].indexIn(bytes, from, end);
                hits[probe] = hit < 0 ? NONE : hit;
            }
            next = Math.min(next, hits[probe]);
        }
        if (everyRecordMayMatch) {
            return from;
        }
        return next == NONE ? -1 : next;
    }

    /** Whether a rule matches the record whose content is {@code [start, contentEnd)}, after a walk to that record. */
    boolean matches(int rule, int start, int contentEnd) {
        return mayMatch(rule, contentEnd) && tests[rule].matches(bytes, start, contentEnd);
    }

    /** Visits the matches of a rule in the record whose content is {@code [start, contentEnd)}. */
    void visitMatches(int rule, int start, int contentEnd, String group, RecordTest.MatchVisitor visitor) {
        tests[rule].visitMatches(bytes, start, contentEnd, group, visitor);
    }

    private boolean mayMatch(int rule, int contentEnd) {
        int first = firstProbe[rule];
        int last = firstProbe[rule + 1];
        if (first == last) {
            return true;
        }
        for (int probe = first; probe < last; probe++) {
            if (hits[probe] < contentEnd) {
                return true;
            }
        }
        return false;
    }
}
