package io.pickaroon.processor.regex;

import java.util.Arrays;

/**
 * Moves the set of instructions that an {@link Nfa} may be at from one byte to the next. Time grows with the number of
 * instructions that are reached, not with the size of the automaton. Used by one thread at a time; allocates nothing.
 */
final class NfaStep {
    private final Nfa nfa;
    private final int[] stack;
    /** Of each instruction the number of the last walk that reached it, and of the last that led to it. */
    private final int[] reached;

    private final int[] led;
    private int walk;
    /** Instructions that were reached and take a byte. */
    private final int[] takers;

    private int takerCount;

    NfaStep(Nfa nfa) {
        this.nfa = nfa;
        this.stack = new int[nfa.size()];
        this.reached = new int[nfa.size()];
        this.led = new int[nfa.size()];
        this.takers = new int[nfa.size()];
    }

    /**
     * Follows all instructions that take no byte. True if that reaches a match.
     *
     * @param waiting the instructions that wait at a place, {@code count} of them
     * @param before what is known of the place
     * @param nextByte the byte that stands there, -1 at the end
     */
    boolean reach(int[] waiting, int count, int before, int nextByte) {
        if (++walk == Integer.MAX_VALUE) {
            Arrays.fill(reached, 0);
            Arrays.fill(led, 0);
            walk = 1;
        }
        takerCount = 0;
        int depth = 0;
        for (int i = 0; i < count; i++) {
            depth = push(waiting[i], depth);
        }
        if (!nfa.isAnchored() || (before & Nfa.AT_START) != 0) {
            depth = push(0, depth);
        }
        while (depth > 0) {
            int instruction = stack[--depth];
            switch (nfa.kind(instruction)) {
                case Nfa.FORK -> depth = push(nfa.argument(instruction), push(nfa.next(instruction), depth));
                case Nfa.SAVE -> depth = push(nfa.next(instruction), depth);
                case Nfa.ASSERT -> {
                    if (nfa.holds(instruction, before, nextByte)) {
                        depth = push(nfa.next(instruction), depth);
                    }
                }
                case Nfa.MATCH -> {
                    return true;
                }
                default -> takers[takerCount++] = instruction;
            }
        }
        return false;
    }

    private int push(int instruction, int depth) {
        if (reached[instruction] == walk) {
            return depth;
        }
        reached[instruction] = walk;
        stack[depth] = instruction;
        return depth + 1;
    }

    /** Writes where those that were reached last go on when they take the byte, each once; returns how many they are. */
    int take(int value, int[] into) {
        int count = 0;
        for (int i = 0; i < takerCount; i++) {
            int next = nfa.after(takers[i], value);
            if (next >= 0 && led[next] != walk) {
                led[next] = walk;
                into[count++] = next;
            }
        }
        return count;
    }
}
