package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A regular expression as instructions of a non-deterministic automaton over bytes (Thompson's construction). Instruction
 * 0 is the start. Its size is linear in that of the expression, with repeats written out.
 *
 * <p>Alternatives share what they begin with, and what follows is chosen by one look-up: a list of words is a trie. Which
 * alternative is preferred stays the same. Immutable and thread-safe.
 */
public final class Nfa {
    /** Takes a byte of the set {@code argument}, goes on with {@code next}. */
    static final int BYTE = 0;
    /** Takes a byte; edge list {@code argument} says where that leads. */
    static final int SWITCH = 1;
    /** Goes on with {@code next}, which is preferred, and {@code argument}. */
    static final int FORK = 2;
    /** Goes on with {@code next} where assertion {@code argument} holds. */
    static final int ASSERT = 3;
    /** Remembers the place in slot {@code argument}, goes on with {@code next}: 2n and 2n + 1 are the ends of group n. */
    static final int SAVE = 4;

    static final int MATCH = 5;

    /** What is known of a place by what stands before it; which of these are asked for is {@link #context}. */
    static final int AT_START = 1;

    static final int AFTER_WORD = 2;
    static final int AFTER_LINE = 4;

    private static final ByteNode.Assertion[] ASSERTIONS = ByteNode.Assertion.values();
    private static final ByteSet LINE = ByteSet.of('\n');

    private byte[] kinds = new byte[64];
    private int[] next = new int[64];
    private int[] arguments = new int[64];
    private int size;

    private final List<ByteSet> sets = new ArrayList<>();
    private final Map<ByteSet, Integer> setNumbers = new HashMap<>();
    /** Edges of a switch begin at its number, sorted by their bytes: how many, then the byte and where it leads of each. */
    private int[] edges = new int[64];

    private int edgesEnd;
    private int context;
    private final boolean anchored;

    /** @param tree what it matches */
    public Nfa(ByteNode tree) {
        add(FORK, 0, 0);
        int match = add(MATCH, 0, 0);
        int first = compile(tree, match);
        next[0] = first;
        arguments[0] = first;
        anchored = isAnchored(tree);
        kinds = Arrays.copyOf(kinds, size);
        next = Arrays.copyOf(next, size);
        arguments = Arrays.copyOf(arguments, size);
        edges = Arrays.copyOf(edges, edgesEnd);
    }

    private static boolean isAnchored(ByteNode node) {
        return switch (node) {
            case ByteNode.Assertion assertion -> assertion == ByteNode.Assertion.START;
            case ByteNode.Sequence(var parts) -> !parts.isEmpty() && isAnchored(parts.getFirst());
            case ByteNode.Choice(var parts) -> parts.stream().allMatch(Nfa::isAnchored);
            case ByteNode.Group(ByteNode part, int _) -> isAnchored(part);
            case ByteNode.One _, ByteNode.Repeat _ -> false;
        };
    }

    /** Number of instructions. */
    public int size() {
        return size;
    }

    int kind(int instruction) {
        return kinds[instruction];
    }

    int next(int instruction) {
        return next[instruction];
    }

    int argument(int instruction) {
        return arguments[instruction];
    }

    /** Every match begins at the start of the record. */
    boolean isAnchored() {
        return anchored;
    }

    /** What its assertions need to know of the byte before a place: the bits above. */
    int context() {
        return context;
    }

    /** What is known after a byte, as far as it is needed. */
    int contextAfter(int value) {
        return context & ((ByteNode.WORD.contains(value) ? AFTER_WORD : 0) | (value == '\n' ? AFTER_LINE : 0));
    }

    /** Where an instruction that takes a byte goes on when it takes this one; -1 if it does not. */
    int after(int instruction, int value) {
        if (kinds[instruction] == BYTE) {
            return sets.get(arguments[instruction]).contains(value) ? next[instruction] : -1;
        }
        int from = arguments[instruction];
        int low = 0;
        int high = edges[from] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int edge = edges[from + 1 + 2 * middle];
            if (edge == value) {
                return edges[from + 2 + 2 * middle];
            }
            if (edge < value) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /**
     * Whether an assertion holds.
     *
     * @param before what is known of the place, {@link #context} bits
     * @param nextByte the byte that stands there, -1 at the end
     */
    boolean holds(int instruction, int before, int nextByte) {
        return switch (ASSERTIONS[arguments[instruction]]) {
            case START -> (before & AT_START) != 0;
            case END -> nextByte < 0;
            case LINE_START -> (before & (AT_START | AFTER_LINE)) != 0;
            case LINE_END -> nextByte < 0 || nextByte == '\n';
            case WORD_BOUNDARY -> isWordBoundary(before, nextByte);
            case NO_WORD_BOUNDARY -> !isWordBoundary(before, nextByte);
        };
    }

    private static boolean isWordBoundary(int before, int nextByte) {
        return (before & AFTER_WORD) != 0 != (nextByte >= 0 && ByteNode.WORD.contains(nextByte));
    }

    /** Numbers of 256 bytes, the same for bytes that the expression does not tell apart; 0 to the highest without a gap. */
    int[] byteClasses() {
        int[] classes = new int[256];
        if ((context & AFTER_WORD) != 0) {
            refine(classes, ByteNode.WORD);
        }
        if ((context & AFTER_LINE) != 0) {
            refine(classes, LINE);
        }
        sets.forEach(set -> refine(classes, set));
        return classes;
    }

    /** Splits classes by whether their bytes are in the set. */
    private static void refine(int[] classes, ByteSet set) {
        int[] renumbered = new int[2 * 256];
        int count = 0;
        for (int value = 0; value < 256; value++) {
            int split = 2 * classes[value] + (set.contains(value) ? 1 : 0);
            if (renumbered[split] == 0) {
                renumbered[split] = ++count;
            }
            classes[value] = renumbered[split] - 1;
        }
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
            case ByteNode.One(ByteSet set) -> add(BYTE, then, setNumber(set));
            case ByteNode.Assertion assertion -> assertion(assertion, then);
            case ByteNode.Sequence(var parts) -> sequence(parts, 0, then);
            case ByteNode.Choice(var parts) ->
                choice(parts.stream().map(Alternative::of).toList(), then);
            case ByteNode.Repeat(ByteNode part, int min, int max, boolean lazy) -> repeat(part, min, max, lazy, then);
            case ByteNode.Group(ByteNode part, int number) ->
                add(SAVE, compile(part, add(SAVE, then, 2 * number + 1)), 2 * number);
        };
    }

    private int assertion(ByteNode.Assertion assertion, int then) {
        context |= switch (assertion) {
            case START -> AT_START;
            case LINE_START -> AT_START | AFTER_LINE;
            case WORD_BOUNDARY, NO_WORD_BOUNDARY -> AFTER_WORD;
            case END -> 0;
            case LINE_END -> AFTER_LINE;
        };
        return add(ASSERT, then, assertion.ordinal());
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
            int loop = add(FORK, then, then);
            int body = compile(part, loop);
            next[loop] = lazy ? then : body;
            arguments[loop] = lazy ? body : then;
            // What is not required at all is entered by a fork of its own, so that a body that matches nothing is
            // entered once.
            entry = min > 0 ? body : lazy ? add(FORK, then, body) : add(FORK, body, then);
            for (int i = 1; i < min; i++) {
                entry = compile(part, entry);
            }
            return entry;
        }
        for (int i = min; i < max; i++) {
            int body = compile(part, entry);
            entry = lazy ? add(FORK, then, body) : add(FORK, body, then);
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
        List<Object> inOrder = new ArrayList<>();
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
                flush(groups, inOrder);
                groups = new LinkedHashMap<>();
                taken = ByteSet.NONE;
            }
            if (first != null) {
                taken = taken.or(first);
                groups.put(first, new ArrayList<>(List.of(alternative)));
            } else if (!alternative.isEmpty() || !hasEmpty) {
                hasEmpty |= alternative.isEmpty();
                inOrder.add(alternative);
            }
        }
        flush(groups, inOrder);
        int entry = -1;
        for (Object each : inOrder.reversed()) {
            int begin = each instanceof Alternative alternative
                    ? sequence(alternative.parts, alternative.from, then)
                    : groups(asGroups(each), then);
            entry = entry < 0 ? begin : add(FORK, begin, entry);
        }
        return entry;
    }

    private static void flush(Map<ByteSet, List<Alternative>> groups, List<Object> inOrder) {
        if (!groups.isEmpty()) {
            inOrder.add(groups);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<ByteSet, List<Alternative>> asGroups(Object groups) {
        return (Map<ByteSet, List<Alternative>>) groups;
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
        int at = from + 1;
        for (Map.Entry<Integer, Integer> edge : targets.entrySet()) {
            edges[at++] = edge.getKey();
            edges[at++] = edge.getValue();
        }
        return add(SWITCH, 0, from);
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
