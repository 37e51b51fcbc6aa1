package io.pickaroon.app.search;

import io.pickaroon.processor.scan.Pattern;
import io.pickaroon.processor.scan.Rule;
import java.util.ArrayList;
import java.util.List;

/** Turns what was written on the command line into rules. */
final class SearchedPatterns {
    private static final String META_CHARACTERS = "\\^$.|?*+()[]{}\n";

    private SearchedPatterns() {}

    /** @throws IllegalArgumentException if a pattern cannot be searched for; the message says why */
    static List<Rule> rules(FileSearch.Wanted wanted) {
        List<Pattern> patterns = new ArrayList<>();
        for (String expression : wanted.expressions()) {
            patterns.add(ofExpression(expression, wanted.ignoreCase()));
        }
        for (String literal : wanted.literals()) {
            patterns.add(new Pattern.Literal(literal, wanted.ignoreCase()));
        }
        List<Rule> rules = new ArrayList<>();
        for (Pattern pattern : patterns) {
            rules.add(new Rule("pattern-" + (rules.size() + 1), pattern));
        }
        return rules;
    }

    /** An expression in which every character stands for itself is a literal, which is found without an automaton. */
    private static Pattern ofExpression(String expression, boolean ignoreCase) {
        boolean literal =
                !expression.isEmpty() && expression.chars().allMatch(c -> c < 0x80 && META_CHARACTERS.indexOf(c) < 0);
        return literal ? new Pattern.Literal(expression, ignoreCase) : new Pattern.Regex(expression, ignoreCase);
    }
}
