package io.pickaroon.app.search;

import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.rule.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What to look for, as it was written on the command line: at least one of these.
 *
 * @param expressions regular expressions in RE2 syntax
 * @param literals texts
 * @param ignoreCase whether ASCII letters match in either case
 */
public record Wanted(List<String> expressions, List<String> literals, boolean ignoreCase) {
    private static final String META_CHARACTERS = "\\^$.|?*+()[]{}\n";

    /**
     * The patterns, expressions first.
     *
     * @throws IllegalArgumentException if one cannot be searched for; the message says why
     */
    public List<Pattern> patterns() {
        List<Pattern> patterns = new ArrayList<>();
        for (String expression : expressions) {
            patterns.add(ofExpression(expression, ignoreCase));
        }
        for (String literal : literals) {
            patterns.add(ofLiteral(literal, ignoreCase));
        }
        return patterns;
    }

    /** The pattern for a text as it stands, in UTF-8 or not. */
    public static Pattern ofLiteral(String literal, boolean ignoreCase) {
        return ByteText.isUtf8(literal)
                ? new Pattern.Literal(literal, ignoreCase)
                : new Pattern.Regex(withBytes(literal, true), ignoreCase);
    }

    /** The expression for a text as it stands. */
    public static String quoted(String literal) {
        return withBytes(literal, true);
    }

    /** The expression with each byte that is no UTF-8 as RE2 writes a byte, and if {@code quoted} all else as it stands. */
    private static String withBytes(String text, boolean quoted) {
        StringBuilder expression = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.SURROGATE) {
                expression.append("\\x%02x".formatted(c & 0xff));
            } else if (quoted && META_CHARACTERS.indexOf(c) >= 0) {
                expression.append('\\').appendCodePoint(c);
            } else {
                expression.appendCodePoint(c);
            }
        });
        return expression.toString();
    }

    /** An expression in which every character stands for itself is a literal, which is found without an automaton. */
    public static Pattern ofExpression(String expression, boolean ignoreCase) {
        boolean literal =
                !expression.isEmpty() && expression.chars().allMatch(c -> c < 0x80 && META_CHARACTERS.indexOf(c) < 0);
        return literal
                ? new Pattern.Literal(expression, ignoreCase)
                : new Pattern.Regex(withBytes(expression, false), ignoreCase);
    }
}
