package io.pickaroon.processor.rule;

import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.search.MatchVisitor;
import java.util.List;

/** Decides for a rule with a condition which records match, and visits the matches of its positives. Used by one thread at a time. */
public final class RuleMatcher implements RecordMatcher {
    private final ConditionTest test;
    private final RecordFields fields;
    private final List<CompiledPattern> positives;
    private final RecordMatcher[] matchers;

    /** @param positives the texts and expressions that are not under a not, from left to right */
    public RuleMatcher(ConditionTest test, List<CompiledPattern> positives, ByteSearch search, RecordFields fields) {
        this.test = test;
        this.fields = fields;
        this.positives = positives;
        this.matchers =
                positives.stream().map(positive -> positive.newTest(search)).toArray(RecordMatcher[]::new);
    }

    @Override
    public boolean matches(byte[] bytes, int start, int end) {
        int answer = test.test(bytes, start, end);
        if (answer == ConditionTest.UNKNOWN) {
            fields.parse();
            answer = test.test(bytes, start, end);
        }
        return answer == ConditionTest.YES;
    }

    /** Those of the only positive, or of all that have the group. */
    @Override
    public void visitMatches(byte[] bytes, int start, int end, String group, MatchVisitor visitor) {
        for (int i = 0; i < matchers.length; i++) {
            if (group.isEmpty() || positives.get(i).hasGroup(group)) {
                matchers[i].visitMatches(bytes, start, end, group, visitor);
            }
        }
    }

    @Override
    public boolean hasMatches(byte[] bytes, int start, int end, String group) {
        for (int i = 0; i < matchers.length; i++) {
            if ((group.isEmpty() || positives.get(i).hasGroup(group)) && matchers[i].matches(bytes, start, end)) {
                return true;
            }
        }
        return false;
    }
}
