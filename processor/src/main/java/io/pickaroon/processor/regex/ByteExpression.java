package io.pickaroon.processor.regex;

import java.util.List;
import java.util.Map;

/**
 * A regular expression over bytes: the tree that all searches are made of. Immutable.
 *
 * @param tree what matches
 * @param groups names of groups, with their numbers
 */
public record ByteExpression(ByteNode tree, Map<String, Integer> groups) {
    /** More would take some hundred MiB to search with. */
    private static final int MOST_STEPS = 1_000_000;

    /**
     * Reads an expression in RE2 syntax.
     *
     * @throws IllegalArgumentException if it is invalid or too large; the message says why
     */
    public static ByteExpression of(String expression, boolean ignoreCase) {
        ByteExpression read = ByteNodeParser.parse(expression, ignoreCase);
        if (steps(read.tree) > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "'%s' is too large: with all repeats written out it has more than %,d characters"
                            .formatted(expression, MOST_STEPS));
        }
        return read;
    }

    /** How many groups it has, with a name or without. */
    public int groupCount() {
        return highestGroup(tree);
    }

    private static int highestGroup(ByteNode node) {
        return switch (node) {
            case ByteNode.One _, ByteNode.Assertion _ -> 0;
            case ByteNode.Group(ByteNode part, int number) -> Math.max(number, highestGroup(part));
            case ByteNode.Sequence(var parts) -> highestGroup(parts);
            case ByteNode.Choice(var parts) -> highestGroup(parts);
            case ByteNode.Repeat(ByteNode part, int _, int _, boolean _) -> highestGroup(part);
        };
    }

    private static int highestGroup(List<ByteNode> parts) {
        return parts.stream().mapToInt(ByteExpression::highestGroup).max().orElse(0);
    }

    /** About how many instructions an automaton needs. */
    private static long steps(ByteNode node) {
        return switch (node) {
            case ByteNode.One _, ByteNode.Assertion _ -> 1;
            case ByteNode.Group(ByteNode part, int _) -> 2 + steps(part);
            case ByteNode.Sequence(var parts) ->
                parts.stream().mapToLong(ByteExpression::steps).sum();
            case ByteNode.Choice(var parts) ->
                parts.stream().mapToLong(ByteExpression::steps).sum() + parts.size();
            case ByteNode.Repeat(ByteNode part, int min, int max, boolean _) ->
                Math.min((steps(part) + 1) * Math.max(1, max == ByteNode.UNBOUNDED ? min + 1 : max), Integer.MAX_VALUE);
        };
    }
}
