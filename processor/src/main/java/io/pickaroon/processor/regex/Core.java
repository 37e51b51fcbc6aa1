package io.pickaroon.processor.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * What of an expression decides whether it matches at all: what may be missing at its two ends is left out, and what is repeated
 * there stands as often as it has to. It matches in the same texts, though not at the same places, and its automaton is smaller and
 * begins fewer matches: {@code [a-z.]{0,50}key=[a-z]{20,300}} begins one at each letter, its core only at a {@code k}.
 */
public final class Core {
    private Core() {}

    /** The core of an expression. */
    public static ByteNode of(ByteNode tree) {
        return without(without(tree, true), false);
    }

    /** @param atHead whether what may be missing is left out at the beginning, or else at the end */
    private static ByteNode without(ByteNode node, boolean atHead) {
        return switch (node) {
            case ByteNode.Sequence(var parts) -> sequence(parts, atHead);
            case ByteNode.Choice(var parts) ->
                new ByteNode.Choice(
                        parts.stream().map(part -> without(part, atHead)).toList());
            case ByteNode.Group(ByteNode part, int number) -> new ByteNode.Group(without(part, atHead), number);
            case ByteNode.Repeat repeat -> fewest(repeat);
            case ByteNode.One _, ByteNode.Assertion _ -> node;
        };
    }

    private static ByteNode sequence(List<ByteNode> parts, boolean atHead) {
        List<ByteNode> left = new ArrayList<>(parts);
        while (!left.isEmpty()) {
            ByteNode core = without(atHead ? left.removeFirst() : left.removeLast(), atHead);
            if (!core.equals(ByteNode.EMPTY)) {
                left.add(atHead ? 0 : left.size(), core);
                break;
            }
        }
        return new ByteNode.Sequence(left);
    }

    private static ByteNode fewest(ByteNode.Repeat repeat) {
        return repeat.min() == 0
                ? ByteNode.EMPTY
                : repeat.min() == 1
                        ? repeat.part()
                        : new ByteNode.Repeat(repeat.part(), repeat.min(), repeat.min(), repeat.lazy());
    }
}
