package io.pickaroon.processor.secret;

import io.pickaroon.processor.regex.ByteExpression;
import java.util.List;
import java.util.Objects;

/**
 * What is no secret though a rule finds it.
 *
 * @param target what the expressions are tried on
 * @param expressions in RE2 syntax; one of them matches
 * @param stopwords one of them is in the secret, in either case of ASCII letters
 * @param needsBoth whether an expression has to match and a word has to be there, where there are both; else one of them suffices
 */
public record Allowance(Target target, List<String> expressions, List<String> stopwords, boolean needsBoth) {
    /** What expressions are tried on. */
    public enum Target {
        SECRET,
        /** All that the rule's expression matches. */
        MATCH,
        /** The lines in which the match stands. */
        LINE
    }

    /** @throws IllegalArgumentException if an expression is none, or if there is neither an expression nor a word */
    public Allowance {
        Objects.requireNonNull(target, "target");
        expressions = List.copyOf(expressions);
        stopwords = List.copyOf(stopwords);
        if (expressions.isEmpty() && stopwords.isEmpty() || stopwords.contains("")) {
            throw new IllegalArgumentException("an allowance has an expression or a word");
        }
        expressions.forEach(expression -> ByteExpression.of(expression, false));
    }
}
