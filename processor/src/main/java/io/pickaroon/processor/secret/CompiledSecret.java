package io.pickaroon.processor.secret;

import io.pickaroon.processor.detect.Places;
import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteNode;
import io.pickaroon.processor.regex.ByteRegex;
import io.pickaroon.processor.regex.Core;
import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.regex.RecordDfa;
import java.util.List;
import java.util.stream.IntStream;

/** A rule for secrets, with its automata, which are made when they are first needed. Thread-safe. */
final class CompiledSecret {
    private final SecretRule rule;
    private final List<CompiledAllowance> allowances;
    private final ByteExpression expression;
    /** Numbers of the groups of which one is the secret. */
    private final int[] groups;

    private Nfa whole;
    private Nfa core;

    CompiledSecret(SecretRule rule, List<CompiledAllowance> allowances) {
        this.rule = rule;
        this.allowances = allowances;
        this.expression = ByteExpression.of(rule.expression(), false);
        this.groups = rule.group() > 0
                ? new int[] {rule.group()}
                : IntStream.rangeClosed(1, expression.groupCount()).toArray();
    }

    ByteNode tree() {
        return expression.tree();
    }

    private synchronized Nfa whole() {
        if (whole == null) {
            whole = new Nfa(expression.tree());
        }
        return whole;
    }

    private synchronized Nfa core() {
        if (core == null) {
            core = new Nfa(Core.of(expression.tree()));
        }
        return core;
    }

    Search newSearch(Entropy entropy) {
        return new Search(entropy);
    }

    /** Finds the secrets of the rule, for one thread; allocates only to grow. */
    final class Search {
        private final Entropy entropy;
        private final List<CompiledAllowance.Test> allowed;
        private final Found found = new Found();
        private RecordDfa dfa;
        private ByteRegex regex;

        private Search(Entropy entropy) {
            this.entropy = entropy;
            this.allowed = allowances.stream().map(CompiledAllowance::newTest).toList();
        }

        void find(byte[] bytes, int start, int end, Places places) {
            if (dfa == null) {
                dfa = new RecordDfa(core(), RecordDfa.FEW_NUMBERS);
            }
            if (!dfa.matches(bytes, start, end)) {
                return;
            }
            if (regex == null) {
                regex = new ByteRegex(whole(), groups);
            }
            allowed.forEach(CompiledAllowance.Test::begin);
            for (boolean more = regex.find(bytes, start, end); more; more = regex.findNext()) {
                readSecret(bytes, start, end);
                if (isSecret(bytes, start, end)) {
                    places.foundBy(rule.id());
                    places.addSecret(bytes, start, end, found.secretStart, found.secretEnd);
                }
            }
        }

        private void readSecret(byte[] bytes, int start, int end) {
            found.matchStart = regex.start();
            found.matchEnd = regex.end();
            int from = found.matchStart;
            int to = rule.group() > 0 ? from : found.matchEnd;
            for (int i = 0; i < groups.length; i++) {
                if (regex.groupStart(i) < regex.groupEnd(i)) {
                    from = regex.groupStart(i);
                    to = regex.groupEnd(i);
                    break;
                }
            }
            while (from < to && bytes[from] == '\n') {
                from++;
            }
            while (from < to && bytes[to - 1] == '\n') {
                to--;
            }
            // An expression counts bytes; no character is hidden in part.
            while (from < to && from > start && isContinuation(bytes[from])) {
                from--;
            }
            while (from < to && to < end && isContinuation(bytes[to])) {
                to++;
            }
            found.secretStart = from;
            found.secretEnd = to;
        }

        private boolean isSecret(byte[] bytes, int start, int end) {
            if (found.secretStart >= found.secretEnd
                    || rule.entropy() != 0 && entropy.of(bytes, found.secretStart, found.secretEnd) <= rule.entropy()) {
                return false;
            }
            for (CompiledAllowance.Test test : allowed) {
                if (test.allows(bytes, start, end, found)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
