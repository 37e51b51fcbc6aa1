package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * Writes the instructions of an {@link Nfa} (Thompson's construction). Used by one thread, once. The number of instructions
 * is linear in the size of the expression, with repeats written out.
 *
 * <p>Alternatives share what they begin with, and what follows is chosen by one look-up: a list of words is a trie. Which
 * alternative is preferred stays the same.
 */
final class NfaCompiler {
    private byte[] kinds = new byte[64];
    private int[] next = new int[64];
    private int[] arguments = new int[64];
    private int size;

    private final List<ByteSet> sets = new ArrayList<>();
    private final Map<ByteSet, Integer> setNumbers = new HashMap<>();
    private int[] edges = new int[64];
    private int edgesEnd;
    private int context;

    NfaCompiler(ByteNode tree) {
        add(Nfa.FORK, 0, 0);
        int match = add(Nfa.MATCH, 0, 0);
        int first = compile(tree, match);
        next[0] = first;
        arguments[0] = first;
    }

    byte[] kinds() {
        return Arrays.copyOf(kinds, size);
    }

    int[] next() {
        return Arrays.copyOf(next, size);
    }

    int[] arguments() {
        return Arrays.copyOf(arguments, size);
    }

    ByteSet[] sets() {
        return sets.toArray(ByteSet[]::new);
    }

    int[] edges() {
        return Arrays.copyOf(edges, edgesEnd);
    }

    int context() {
        return context;
    }

    private int add(int kind, int nextInstruction, int argument) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            next = Arrays.copyOf(next, 2 * size);
            arguments = Arrays.copyOf(arguments, 2 * size);
        }
        kinds[size] = (byte) kind;
        next[size] = nextInstruction;
        arguments[size] = argument;
        return size++;
    }

    private int setNumber(ByteSet set) {
        Integer known = setNumbers.putIfAbsent(set, sets.size());
        if (known != null) {
            return known;
        }
        sets.add(set);
        return sets.size() - 1;
    }

    /** Adds what matches the node and then goes on with {@code then}; returns where it starts. */
    private int compile(ByteNode node, int then) {
        return switch (node) {
            case ByteNode.One(ByteSet set) -> add(Nfa.BYTE, then, setNumber(set));
            case ByteNode.Assertion assertion -> assertion(assertion, then);
            case ByteNode.Sequence(var parts) -> sequence(parts, 0, then);
            case ByteNode.Choice(var parts) ->
                choice(parts.stream().map(Alternative::of).toList(), then);
            case ByteNode.Repeat(ByteNode part, int min, int max, boolean lazy) -> repeat(part, min, max, lazy, then);
            case ByteNode.Group(ByteNode part, int number) ->
                add(Nfa.SAVE, compile(part, add(Nfa.SAVE, then, 2 * number + 1)), 2 * number);
        };
    }

    private int assertion(ByteNode.Assertion assertion, int then) {
        context |= switch (assertion) {
            case START -> Nfa.AT_START;
            case LINE_START -> Nfa.AT_START | Nfa.AFTER_LINE;
            case WORD_BOUNDARY, NO_WORD_BOUNDARY, NO_WORD_BEFORE, NO_WORD_AFTER -> Nfa.AFTER_WORD;
            case END -> 0;
            case LINE_END -> Nfa.AFTER_LINE;
        };
        return add(Nfa.ASSERT, then, assertion.ordinal());
    }

    private int sequence(List<ByteNode> parts, int from, int then) {
        int entry = then;
        for (int i = parts.size() - 1; i >= from; i--) {
            entry = compile(parts.get(i), entry);
        }
        return entry;
    }

    private int repeat(ByteNode part, int min, int max, boolean lazy, int then) {
        int entry = then;
        if (max == ByteNode.UNBOUNDED) {
            int loop = add(Nfa.FORK, then, then);
            int body = compile(part, loop);
            next[loop] = lazy ? then : body;
            arguments[loop] = lazy ? body : then;
            // What is not required at all is entered by a fork of its own, so that a body that matches nothing is
            // entered once.
            entry = min > 0 ? body : lazy ? add(Nfa.FORK, then, body) : add(Nfa.FORK, body, then);
            for (int i = 1; i < min; i++) {
                entry = compile(part, entry);
            }
            return entry;
        }
        for (int i = min; i < max; i++) {
            int body = compile(part, entry);
            entry = lazy ? add(Nfa.FORK, then, body) : add(Nfa.FORK, body, then);
        }
        for (int i = 0; i < min; i++) {
            entry = compile(part, entry);
        }
        return entry;
    }

    /** What is left of an alternative. */
    private record Alternative(List<ByteNode> parts, int from) {
        static Alternative of(ByteNode node) {
            return new Alternative(node instanceof ByteNode.Sequence(var parts) ? parts : List.of(node), 0);
        }

        boolean isEmpty() {
            return from == parts.size();
        }

        /** The set of bytes that it begins with; null if it begins with something else. */
        ByteSet first() {
            return parts.get(from) instanceof ByteNode.One(ByteSet set) ? set : null;
        }

        Alternative rest(int count) {
            return new Alternative(parts, from + count);
        }
    }

    /**
     * Alternatives that begin with bytes are grouped by them, as long as no byte leads into two groups: then it makes no
     * difference in which order they stand. What begins otherwise stays in its place.
     */
    private int choice(List<Alternative> alternatives, int then) {
        List<IntSupplier> inOrder = new ArrayList<>();
        Map<ByteSet, List<Alternative>> groups = new LinkedHashMap<>();
        ByteSet taken = ByteSet.NONE;
        boolean hasEmpty = false;
        for (Alternative alternative : alternatives) {
            ByteSet first = alternative.isEmpty() ? null : alternative.first();
            List<Alternative> group = first == null ? null : groups.get(first);
            if (group != null) {
                group.add(alternative);
                continue;
            }
            if (first == null || taken.intersects(first)) {
                addGroups(groups, then, inOrder);
                groups = new LinkedHashMap<>();
                taken = ByteSet.NONE;
            }
            if (first != null) {
                taken = taken.or(first);
                groups.put(first, new ArrayList<>(List.of(alternative)));
            } else if (!alternative.isEmpty() || !hasEmpty) {
                hasEmpty |= alternative.isEmpty();
                inOrder.add(() -> sequence(alternative.parts, alternative.from, then));
            }
        }
        addGroups(groups, then, inOrder);
        int entry = -1;
        for (IntSupplier each : inOrder.reversed()) {
            int begin = each.getAsInt();
            entry = entry < 0 ? begin : add(Nfa.FORK, begin, entry);
        }
        return entry;
    }

    private void addGroups(Map<ByteSet, List<Alternative>> groups, int then, List<IntSupplier> inOrder) {
        if (!groups.isEmpty()) {
            inOrder.add(() -> groups(groups, then));
        }
    }

    private int groups(Map<ByteSet, List<Alternative>> groups, int then) {
        if (groups.size() == 1) {
            return group(groups.values().iterator().next(), 0, then);
        }
        TreeMap<Integer, Integer> targets = new TreeMap<>();
        groups.forEach((set, group) -> {
            setNumber(set);
            int target = group(group, 1, then);
            for (int value = set.next(0); value < 256; value = set.next(value + 1)) {
                targets.put(value, target);
            }
        });
        int from = edgesEnd;
        edgesEnd += 1 + 2 * targets.size();
        if (edgesEnd > edges.length) {
            edges = Arrays.copyOf(edges, Math.max(edgesEnd, 2 * edges.length));
        }
        edges[from] = targets.size();
        int at = from;
        for (Map.Entry<Integer, Integer> edge : targets.entrySet()) {
            at++;
            edges[at] = edge.getKey();
            edges[at + targets.size()] = edge.getValue();
        }
        return add(Nfa.SWITCH, 0, from);
    }

    /**
     * Alternatives that begin alike.
     *
     * @param from how many of the parts that they have in common were taken
     */
    private int group(List<Alternative> group, int from, int then) {
        Alternative first = group.getFirst();
        int common = from;
        if (group.size() == 1) {
            return sequence(first.parts, first.from + from, then);
        }
        while (common < first.parts.size() - first.from && haveInCommon(group, common)) {
            common++;
        }
        int depth = common;
        int entry = choice(group.stream().map(each -> each.rest(depth)).toList(), then);
        for (int i = common - 1; i >= from; i--) {
            entry = compile(first.parts.get(first.from + i), entry);
        }
        return entry;
    }

    private static boolean haveInCommon(List<Alternative> group, int index) {
        Alternative first = group.getFirst();
        if (!(first.parts.get(first.from + index) instanceof ByteNode.One one)) {
            return false;
        }
        for (Alternative each : group) {
            if (each.from + index >= each.parts.size() || !one.equals(each.parts.get(each.from + index))) {
                return false;
            }
        }
        return true;
    }
}
