package io.pickaroon.processor.secret;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteNode;
import io.pickaroon.processor.regex.Core;
import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.regex.RecordDfa;
import io.pickaroon.processor.search.ByteSet;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An allowance, with its automata, which are made when they are first needed. Thread-safe. */
final class CompiledAllowance {
    private final Allowance allowance;
    private Nfa expressions;
    private Nfa stopwords;

    CompiledAllowance(Allowance allowance) {
        this.allowance = allowance;
    }

    private synchronized Nfa expressions() {
        if (expressions == null) {
            List<ByteNode> trees = allowance.expressions().stream()
                    .map(expression -> ByteExpression.of(expression, false).tree())
                    .toList();
            expressions = new Nfa(Core.of(new ByteNode.Choice(trees)));
        }
        return expressions;
    }

    private synchronized Nfa stopwords() {
        if (stopwords == null) {
            stopwords = new Nfa(new ByteNode.Choice(
                    allowance.stopwords().stream().map(CompiledAllowance::text).toList()));
        }
        return stopwords;
    }

    private static ByteNode text(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        ByteNode[] parts = new ByteNode[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            parts[i] = new ByteNode.One(ByteSet.of(bytes[i] & 0xff).inBothCases());
        }
        return new ByteNode.Sequence(List.of(parts));
    }

    /** What tells for one thread whether something is allowed. */
    final class Test {
        private RecordDfa expressionsDfa;
        private RecordDfa stopwordsDfa;
        /** The line that was looked at last, in which several secrets may stand; -1 if there is none. */
        private int lineStart = -1;

        private int lineEnd;
        private boolean lineMatches;

        /** Forgets the line of the record before. */
        void begin() {
            lineStart = -1;
        }

        /** True if it allows a secret that stands in a match in a record. */
        boolean allows(byte[] bytes, int recordStart, int recordEnd, Found found) {
            boolean hasExpressions = !allowance.expressions().isEmpty();
            boolean hasStopwords = !allowance.stopwords().isEmpty();
            boolean hasWord = hasStopwords && hasStopword(bytes, found);
            if (!hasExpressions || hasStopwords && hasWord != allowance.needsBoth()) {
                return hasWord;
            }
            return matches(bytes, recordStart, recordEnd, found);
        }

        private boolean hasStopword(byte[] bytes, Found found) {
            if (stopwordsDfa == null) {
                stopwordsDfa = new RecordDfa(stopwords(), RecordDfa.FEW_NUMBERS);
            }
            return stopwordsDfa.matches(bytes, found.secretStart, found.secretEnd);
        }

        private boolean matches(byte[] bytes, int recordStart, int recordEnd, Found found) {
            if (expressionsDfa == null) {
                expressionsDfa = new RecordDfa(expressions(), RecordDfa.FEW_NUMBERS);
            }
            return switch (allowance.target()) {
                case SECRET -> expressionsDfa.matches(bytes, found.secretStart, found.secretEnd);
                case MATCH -> expressionsDfa.matches(bytes, found.matchStart, found.matchEnd);
                case LINE -> matchesLine(bytes, recordStart, recordEnd, found);
            };
        }

        private boolean matchesLine(byte[] bytes, int recordStart, int recordEnd, Found found) {
            if (lineStart >= 0 && found.matchStart >= lineStart && found.matchEnd <= lineEnd) {
                return lineMatches;
            }
            int start = found.matchStart;
            while (start > recordStart && bytes[start - 1] != '\n') {
                start--;
            }
            int end = found.matchEnd;
            while (end < recordEnd && bytes[end] != '\n') {
                end++;
            }
            lineStart = hasLineFeed(bytes, found) ? -1 : start;
            lineEnd = end;
            lineMatches = expressionsDfa.matches(bytes, start, end);
            return lineMatches;
        }

        private static boolean hasLineFeed(byte[] bytes, Found found) {
            for (int i = found.matchStart; i < found.matchEnd; i++) {
                if (bytes[i] == '\n') {
                    return true;
                }
            }
            return false;
        }
    }

    Test newTest() {
        return new Test();
    }
}
