package io.pickaroon.processor.scan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether a regular expression matches anywhere in a record, with one table look-up for each byte. The automaton
 * is deterministic; its states are made from those of an {@link Nfa} when they are first reached, and all are forgotten
 * when they are many, so memory is bounded and the time is linear whatever the expression and the input.
 *
 * <p>A state is what the instructions are that wait for the next byte, and what is known of the byte before. Whether an
 * assertion holds, and so whether there is a match, is known when the next byte is seen, or the end. Used by one thread at
 * a time; allocates only when it makes a state.
 */
final class RecordDfa {
    private static final int UNKNOWN = -1;
    private static final int MATCH = -2;
    private static final int NO_MATCH = -3;
    /** 1 MiB of transitions, and of waiting instructions, for each expression and thread. */
    private static final int MOST_TRANSITIONS = 1 << 18;

    private static final int MOST_WAITING = 1 << 18;
    private static final int MOST_STATES = 4096;

    private record State(int[] waiting, boolean atStart, boolean afterWord) {
        @Override
        public boolean equals(Object other) {
            return other instanceof State state
                    && atStart == state.atStart
                    && afterWord == state.afterWord
                    && Arrays.equals(waiting, state.waiting);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(waiting) * 4 + (atStart ? 2 : 0) + (afterWord ? 1 : 0);
        }
    }

    private final Nfa nfa;
    /** Every match begins at the start of the record. */
    private final boolean anchored;
    /** Bytes that no set of the expression tells apart are of one class. */
    private final byte[] classOf = new byte[256];
    /** One byte of each class. */
    private final int[] example = new int[257];
    /** Transitions in a row: one for each class, and the last for the end of the record. */
    private final int stride;

    private final int mostStates;
    private final Map<State, Integer> rows = new HashMap<>();
    private State[] states = new State[16];
    private int waitingInAll;
    /** Of a row and a class: start of the next row, or one of the negative values above. */
    private int[] transitions;

    private final int[] stack;
    private final boolean[] visited;

    RecordDfa(ByteNode node, Nfa nfa) {
        this.nfa = nfa;
        this.anchored = isAnchored(node);
        this.stride = 1 + classes();
        this.mostStates = Math.max(16, Math.min(MOST_STATES, MOST_TRANSITIONS / stride));
        this.stack = new int[3 * nfa.size() + 1];
        this.visited = new boolean[nfa.size()];
        this.transitions = new int[states.length * stride];
        row(start());
    }

    /** Whether there is a match in the record whose content is {@code [from, to)}. */
    boolean matches(byte[] bytes, int from, int to) {
        int[] table = transitions;
        int row = 0;
        for (int i = from; i < to; i++) {
            int next = table[row + (classOf[bytes[i] & 0xff] & 0xff)];
            if (next < 0) {
                next = next == UNKNOWN ? step(row, classOf[bytes[i] & 0xff] & 0xff) : next;
                if (next < 0) {
                    return next == MATCH;
                }
                table = transitions;
            }
            row = next;
        }
        int end = table[row + stride - 1];
        return (end == UNKNOWN ? step(row, stride - 1) : end) == MATCH;
    }

    private static State start() {
        return new State(new int[0], true, false);
    }

    private static boolean isAnchored(ByteNode node) {
        return switch (node) {
            case ByteNode.Assertion assertion -> assertion == ByteNode.Assertion.START;
            case ByteNode.Sequence(var parts) -> !parts.isEmpty() && isAnchored(parts.getFirst());
            case ByteNode.Choice(var parts) -> parts.stream().allMatch(RecordDfa::isAnchored);
            case ByteNode.One _, ByteNode.Repeat _ -> false;
        };
    }

    /** Finds the classes, and returns how many there are. */
    private int classes() {
        int[] signature = new int[256];
        int distinct = refine(signature, 1, ByteNode.WORD);
        for (int i = 0; i < nfa.size(); i++) {
            if (nfa.instruction(i).kind() == Nfa.Kind.BYTE) {
                distinct = refine(signature, distinct, nfa.instruction(i).set());
            }
        }
        for (int value = 255; value >= 0; value--) {
            classOf[value] = (byte) signature[value];
            example[signature[value]] = value;
        }
        return distinct;
    }

    /** Splits classes by whether their bytes are in the set. */
    private static int refine(int[] signature, int distinct, ByteSet set) {
        Map<Integer, Integer> renumbered = new HashMap<>();
        for (int value = 0; value < 256; value++) {
            int split = 2 * signature[value] + (set.contains(value) ? 1 : 0);
            Integer known = renumbered.putIfAbsent(split, renumbered.size());
            signature[value] = known == null ? renumbered.size() - 1 : known;
        }
        return renumbered.size();
    }

    /** Start of the row of a state, which is made if it is new. */
    private int row(State state) {
        Integer known = rows.get(state);
        if (known != null) {
            return known;
        }
        if (rows.size() == mostStates || waitingInAll > MOST_WAITING - state.waiting.length) {
            rows.clear();
            Arrays.fill(states, null);
            waitingInAll = 0;
            row(start());
        }
        waitingInAll += state.waiting.length;
        int number = rows.size();
        if (number == states.length) {
            states = Arrays.copyOf(states, 2 * number);
            transitions = Arrays.copyOf(transitions, 2 * number * stride);
        }
        states[number] = state;
        Arrays.fill(transitions, number * stride, (number + 1) * stride, UNKNOWN);
        rows.put(state, number * stride);
        return number * stride;
    }

    /** Works out a transition and remembers it. */
    private int step(int row, int byteClass) {
        State state = states[row / stride];
        boolean atEnd = byteClass == stride - 1;
        int value = atEnd ? -1 : example[byteClass];
        boolean beforeWord = !atEnd && ByteNode.WORD.contains(value);
        int result;
        if (reachesMatch(state, atEnd, beforeWord)) {
            result = MATCH;
        } else if (atEnd) {
            result = NO_MATCH;
        } else {
            int[] waiting = after(value);
            int known = rows.size();
            result = waiting.length == 0 && anchored ? NO_MATCH : row(new State(waiting, false, beforeWord));
            if (rows.size() < known) {
                // All was forgotten, this state too.
                return result;
            }
        }
        transitions[row + byteClass] = result;
        return result;
    }

    /** Visits all that is reached without taking a byte. True if a match is. */
    private boolean reachesMatch(State state, boolean atEnd, boolean beforeWord) {
        Arrays.fill(visited, false);
        int depth = 0;
        for (int instruction : state.waiting) {
            stack[depth++] = instruction;
        }
        if (!anchored || state.atStart) {
            stack[depth++] = 0;
        }
        boolean match = false;
        while (depth > 0) {
            int index = stack[--depth];
            if (visited[index]) {
                continue;
            }
            visited[index] = true;
            Nfa.Instruction instruction = nfa.instruction(index);
            switch (instruction.kind()) {
                case MATCH -> match = true;
                case FORK -> {
                    stack[depth++] = instruction.next();
                    stack[depth++] = instruction.other();
                }
                case ASSERT -> {
                    boolean holds = switch (instruction.assertion()) {
                        case START -> state.atStart;
                        case END -> atEnd;
                        case WORD_BOUNDARY -> state.afterWord != beforeWord;
                        case NO_WORD_BOUNDARY -> state.afterWord == beforeWord;
                    };
                    if (holds) {
                        stack[depth++] = instruction.next();
                    }
                }
                case BYTE -> {
                    // Waits.
                }
            }
        }
        return match;
    }

    /** The instructions that follow those visited that take the byte, in order. */
    private int[] after(int value) {
        boolean[] next = new boolean[nfa.size()];
        int count = 0;
        for (int index = 0; index < visited.length; index++) {
            Nfa.Instruction instruction = nfa.instruction(index);
            if (visited[index]
                    && instruction.kind() == Nfa.Kind.BYTE
                    && instruction.set().contains(value)
                    && !next[instruction.next()]) {
                next[instruction.next()] = true;
                count++;
            }
        }
        int[] waiting = new int[count];
        for (int index = next.length - 1; index >= 0; index--) {
            if (next[index]) {
                waiting[--count] = index;
            }
        }
        return waiting;
    }
}
