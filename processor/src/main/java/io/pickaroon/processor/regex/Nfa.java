package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.Arrays;

/**
 * A regular expression as instructions of a non-deterministic automaton over bytes. Instruction 0 is the start. Immutable
 * and thread-safe. It is made by {@link NfaCompiler} and walked by {@link NfaStep} and {@link ByteRegex}.
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

    /** What is known of a place from the byte before it; {@link #context} has those that the assertions need. */
    static final int AT_START = 1;

    static final int AFTER_WORD = 2;
    static final int AFTER_LINE = 4;

    private static final ByteNode.Assertion[] ASSERTIONS = ByteNode.Assertion.values();
    private static final ByteSet LINE = ByteSet.of('\n');

    private final byte[] kinds;
    private final int[] next;
    private final int[] arguments;
    private final ByteSet[] sets;
    /** The same as tables. */
    private final boolean[][] tables;
    /** Edges of a switch begin at its number: how many, then their bytes, sorted, then where each of them leads. */
    private final int[] edges;

    private final int context;
    private final boolean anchored;

    /** @param tree what it matches */
    public Nfa(ByteNode tree) {
        NfaCompiler compiler = new NfaCompiler(tree);
        this.kinds = compiler.kinds();
        this.next = compiler.next();
        this.arguments = compiler.arguments();
        this.sets = compiler.sets();
        this.tables = Arrays.stream(sets).map(Nfa::table).toArray(boolean[][]::new);
        this.edges = compiler.edges();
        this.context = compiler.context();
        this.anchored = isAnchored(tree);
    }

    private static boolean[] table(ByteSet set) {
        boolean[] table = new boolean[256];
        for (int value = set.next(0); value < 256; value = set.next(value + 1)) {
            table[value] = true;
        }
        return table;
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
        return kinds.length;
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

    /** What is known of a place in a range that begins at {@code from}, as far as it is needed. */
    int contextAt(byte[] bytes, int from, int place) {
        return place == from ? AT_START : contextAfter(bytes[place - 1] & 0xff);
    }

    /** The bytes that a {@link #BYTE} takes. */
    boolean[] bytesOf(int instruction) {
        return tables[arguments[instruction]];
    }

    /** Bytes that may be taken first from an instruction on; null if there may be a match without. */
    boolean[] firstBytes(int instruction) {
        boolean[] first = new boolean[256];
        boolean[] seen = new boolean[size()];
        int[] open = new int[size()];
        int depth = 1;
        open[0] = instruction;
        seen[instruction] = true;
        while (depth > 0) {
            int at = open[--depth];
            if (kinds[at] == MATCH) {
                return null;
            }
            if (kinds[at] == BYTE || kinds[at] == SWITCH) {
                for (int value = 0; value < 256; value++) {
                    first[value] |= after(at, value) >= 0;
                }
                continue;
            }
            for (int to : kinds[at] == FORK ? new int[] {next[at], arguments[at]} : new int[] {next[at]}) {
                if (!seen[to]) {
                    seen[to] = true;
                    open[depth++] = to;
                }
            }
        }
        return first;
    }

    /** Where an instruction that takes a byte goes on when it takes this one; -1 if it does not. */
    int after(int instruction, int value) {
        if (kinds[instruction] == BYTE) {
            return bytesOf(instruction)[value] ? next[instruction] : -1;
        }
        int first = arguments[instruction] + 1;
        int count = edges[first - 1];
        int edge = Arrays.binarySearch(edges, first, first + count, value);
        return edge < 0 ? -1 : edges[edge + count];
    }

    /**
     * True if an assertion holds.
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
            case NO_WORD_BEFORE -> (before & AFTER_WORD) == 0;
            case NO_WORD_AFTER -> !isOfWord(nextByte);
        };
    }

    private static boolean isWordBoundary(int before, int nextByte) {
        return (before & AFTER_WORD) != 0 != isOfWord(nextByte);
    }

    private static boolean isOfWord(int nextByte) {
        return nextByte >= 0 && ByteNode.WORD.contains(nextByte);
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
        for (ByteSet set : sets) {
            refine(classes, set);
        }
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
}
