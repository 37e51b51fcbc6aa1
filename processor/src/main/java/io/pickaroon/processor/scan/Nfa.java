package io.pickaroon.processor.scan;

import java.util.Arrays;
import java.util.Optional;

/**
 * A regular expression as instructions of a non-deterministic automaton over bytes (Thompson's construction). Instruction
 * 0 is the start. Immutable.
 */
final class Nfa {
    private static final int MOST_INSTRUCTIONS = 4000;

    /** What an instruction does. */
    enum Kind {
        /** Takes a byte of the set, goes on with {@code next}. */
        BYTE,
        /** Goes on with both {@code next} and {@code other}. */
        FORK,
        /** Goes on with {@code next} where the assertion holds. */
        ASSERT,
        MATCH
    }

    /** One step. */
    record Instruction(Kind kind, int next, int other, ByteSet set, ByteNode.Assertion assertion) {}

    private Instruction[] code = new Instruction[64];
    private int size;

    private Nfa() {}

    /** The automaton of an expression, unless it is too large. */
    static Optional<Nfa> of(ByteNode node) {
        Nfa nfa = new Nfa();
        try {
            nfa.add(null);
            int match = nfa.add(new Instruction(Kind.MATCH, 0, 0, null, null));
            int first = nfa.compile(node, match);
            nfa.code[0] = new Instruction(Kind.FORK, first, first, null, null);
            return Optional.of(nfa);
        } catch (TooLarge _) {
            return Optional.empty();
        }
    }

    private static final class TooLarge extends RuntimeException {
        TooLarge() {
            super(null, null, false, false);
        }
    }

    int size() {
        return size;
    }

    Instruction instruction(int index) {
        return code[index];
    }

    private int add(Instruction instruction) {
        if (size == MOST_INSTRUCTIONS) {
            throw new TooLarge();
        }
        if (size == code.length) {
            code = Arrays.copyOf(code, 2 * size);
        }
        code[size] = instruction;
        return size++;
    }

    private int fork(int next, int other) {
        return add(new Instruction(Kind.FORK, next, other, null, null));
    }

    /** Adds what matches the node and then goes on with {@code next}; returns where it starts. */
    private int compile(ByteNode node, int next) {
        return switch (node) {
            case ByteNode.One(ByteSet set) -> add(new Instruction(Kind.BYTE, next, 0, set, null));
            case ByteNode.Assertion assertion -> add(new Instruction(Kind.ASSERT, next, 0, null, assertion));
            case ByteNode.Sequence(var parts) -> {
                int entry = next;
                for (ByteNode part : parts.reversed()) {
                    entry = compile(part, entry);
                }
                yield entry;
            }
            case ByteNode.Choice(var parts) -> {
                int entry = compile(parts.getLast(), next);
                for (ByteNode part : parts.reversed().subList(1, parts.size())) {
                    entry = fork(compile(part, next), entry);
                }
                yield entry;
            }
            case ByteNode.Repeat(ByteNode part, int min, int max) -> repeat(part, min, max, next);
        };
    }

    private int repeat(ByteNode part, int min, int max, int next) {
        int entry = next;
        if (max == ByteNode.UNBOUNDED) {
            int loop = fork(next, next);
            code[loop] = new Instruction(Kind.FORK, compile(part, loop), next, null, null);
            entry = loop;
        } else {
            for (int i = min; i < max; i++) {
                entry = fork(compile(part, entry), next);
            }
        }
        for (int i = 0; i < min; i++) {
            entry = compile(part, entry);
        }
        return entry;
    }
}
