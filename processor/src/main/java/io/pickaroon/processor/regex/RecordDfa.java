package io.pickaroon.processor.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether a regular expression matches anywhere in a record, with one table look-up for each byte. The
 * automaton is deterministic; its states are made from those of an {@link Nfa} when they are first reached, and all are
 * forgotten when they are many, so memory is bounded.
 *
 * <p>Where states are made faster than they are used, it makes none for a stretch and walks the NFA itself. The next
 * stretch is twice as long, until states prove useful again: within one long record they may be useless at first and
 * then always the same. So time is linear in the input for every expression and every input: for each byte, at most
 * some steps for each instruction of the NFA that is reached.
 *
 * <p>A state is what the instructions are that wait for the next byte, and what is known of the byte before. Whether an
 * assertion holds, and so whether there is a match, is known when the next byte is seen, or the end. Used by one thread
 * at a time; allocates only when it makes a state.
 */
public final class RecordDfa {
    private static final int UNKNOWN = -1;
    private static final int MATCH = -2;
    private static final int NO_MATCH = -3;
    /** There is no room for the next state, and no use in making room. */
    private static final int GIVEN_UP = -4;
    /** 1 MiB of transitions, and of waiting instructions, for each expression and thread. */
    private static final int MOST_NUMBERS = 1 << 18;

    /** The same of an expression that is one of hundreds: 128 KiB each. */
    public static final int FEW_NUMBERS = 1 << 15;

    private static final int MOST_STATES = 1 << 14;
    /** A state that is used for fewer bytes than this costs more than it saves. */
    private static final int LEAST_BYTES_OF_STATE = 16;

    /**
     * Steps of the NFA in the first stretch without states, for each number that there is room for. Making all of these states
     * takes about as long.
     */
    private static final long STEPS_FOR_A_NUMBER = 4;

    private static final long MOST_STEPS_WITHOUT_STATES = 1L << 50;

    private record State(int[] waiting, int before) {
        @Override
        public boolean equals(Object other) {
            return other instanceof State state && before == state.before && Arrays.equals(waiting, state.waiting);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(waiting) * 8 + before;
        }
    }

    private final Nfa nfa;
    private final NfaStep step;
    /** Bytes that no set of the expression tells apart are of one class. */
    private final byte[] classOf = new byte[256];
    /** One byte of each class. */
    private final int[] example = new int[256];
    /** Transitions in a row: one for each class, and the last for the end of the record. */
    private final int stride;

    /** Of transitions, and of waiting instructions. */
    private final int mostNumbers;

    private final int mostStates;
    private final Map<State, Integer> rows = new HashMap<>();
    private State[] states = new State[16];
    private int waitingInAll;
    /** Of a row and a class: start of the next row, or one of the negative values above. */
    private int[] transitions;

    /** Bytes that states were used for since the first of them was made. */
    private long usedBytes;
    /** Steps that are left to go without states, and how many it will be the next time. */
    private long stepsWithoutStates;

    private long nextStepsWithoutStates;

    /** The row, while the record is walked with states. */
    private int row;
    /** While it is walked without: the instructions that wait, and what is known of the byte before. */
    private int[] waiting;

    private int waitingCount;
    private int before;
    private int[] nextWaiting;
    private long walkedBytes;

    public RecordDfa(Nfa nfa) {
        this(nfa, MOST_NUMBERS);
    }

    /** @param mostNumbers how many numbers of four bytes its transitions may take, and as many what waits in its states */
    public RecordDfa(Nfa nfa, int mostNumbers) {
        this.nfa = nfa;
        this.mostNumbers = mostNumbers;
        this.nextStepsWithoutStates = STEPS_FOR_A_NUMBER * mostNumbers;
        this.step = new NfaStep(nfa);
        int[] classes = nfa.byteClasses();
        int highest = 0;
        for (int value = 255; value >= 0; value--) {
            classOf[value] = (byte) classes[value];
            example[classes[value]] = value;
            highest = Math.max(highest, classes[value]);
        }
        this.stride = highest + 2;
        this.mostStates = Math.max(16, Math.min(MOST_STATES, mostNumbers / stride));
        this.waiting = new int[nfa.size()];
        this.nextWaiting = new int[nfa.size()];
        this.transitions = new int[states.length * stride];
        row(start());
    }

    /** True if there is a match in the record whose content is {@code [from, to)}. */
    public boolean matches(byte[] bytes, int from, int to) {
        row = 0;
        waitingCount = 0;
        before = Nfa.AT_START;
        int at = from;
        do {
            at = stepsWithoutStates > 0 ? walk(bytes, at, to) : lookUp(bytes, at, to);
        } while (at >= 0);
        return at == MATCH;
    }

    /** Goes on from {@link #row}. Returns MATCH or NO_MATCH, or the place from which on to {@link #walk}. */
    private int lookUp(byte[] bytes, int from, int to) {
        int[] table = transitions;
        int at = row;
        for (int i = from; i < to; i++) {
            int next = table[at + (classOf[bytes[i] & 0xff] & 0xff)];
            if (next < 0) {
                if (next == UNKNOWN) {
                    next = step(at, classOf[bytes[i] & 0xff] & 0xff, i - from);
                    if (next == GIVEN_UP) {
                        giveUpStates(at);
                        return i;
                    }
                    table = transitions;
                }
                if (next < 0) {
                    usedBytes += i - from;
                    return next;
                }
            }
            at = next;
        }
        usedBytes += to - from;
        int end = table[at + stride - 1];
        return end == UNKNOWN ? step(at, stride - 1, 0) : end;
    }

    /** Bytes that were walked without states. */
    long walkedBytes() {
        return walkedBytes;
    }

    private State start() {
        return new State(new int[0], nfa.context() & Nfa.AT_START | (nfa.isAnchored() ? Nfa.AT_START : 0));
    }

    /** Start of the row of a state, which is made if it is new; or {@link #GIVEN_UP}. */
    private int row(State state) {
        Integer known = rows.get(state);
        if (known != null) {
            return known;
        }
        boolean full = rows.size() == mostStates || waitingInAll > mostNumbers - state.waiting.length;
        if (full && rows.size() > 1) {
            if (usedBytes < (long) LEAST_BYTES_OF_STATE * rows.size()) {
                return GIVEN_UP;
            }
            forget();
            nextStepsWithoutStates = STEPS_FOR_A_NUMBER * mostNumbers;
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

    private void forget() {
        rows.clear();
        Arrays.fill(states, null);
        waitingInAll = 0;
        usedBytes = 0;
        row(start());
    }

    /** Works out a transition and remembers it. */
    private int step(int row, int byteClass, int bytesOfRecord) {
        State state = states[row / stride];
        boolean atEnd = byteClass == stride - 1;
        int value = atEnd ? -1 : example[byteClass];
        int result;
        if (step.reach(state.waiting, state.waiting.length, state.before, value)) {
            result = MATCH;
        } else if (atEnd) {
            result = NO_MATCH;
        } else {
            int count = step.take(value, nextWaiting);
            if (count == 0 && nfa.isAnchored()) {
                result = NO_MATCH;
            } else {
                int[] waitingNext = Arrays.copyOf(nextWaiting, count);
                Arrays.sort(waitingNext);
                int known = rows.size();
                usedBytes += bytesOfRecord;
                result = row(new State(waitingNext, nfa.contextAfter(value)));
                usedBytes = Math.max(0, usedBytes - bytesOfRecord);
                if (result == GIVEN_UP || rows.size() < known) {
                    // The state itself may be forgotten.
                    return result;
                }
            }
        }
        transitions[row + byteClass] = result;
        return result;
    }

    private void giveUpStates(int last) {
        State state = states[last / stride];
        System.arraycopy(state.waiting, 0, waiting, 0, state.waiting.length);
        waitingCount = state.waiting.length;
        before = state.before;
        forget();
        stepsWithoutStates = nextStepsWithoutStates;
        nextStepsWithoutStates = Math.min(2 * nextStepsWithoutStates, MOST_STEPS_WITHOUT_STATES);
    }

    /**
     * Goes on from the instructions that wait. Returns MATCH or NO_MATCH, or, at the end of the stretch without states, the
     * place from which on to {@link #lookUp}.
     */
    private int walk(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (stepsWithoutStates <= 0) {
                Arrays.sort(waiting, 0, waitingCount);
                row = row(new State(Arrays.copyOf(waiting, waitingCount), before));
                return i;
            }
            stepsWithoutStates -= 1 + waitingCount;
            walkedBytes++;
            int value = bytes[i] & 0xff;
            if (step.reach(waiting, waitingCount, before, value)) {
                return MATCH;
            }
            waitingCount = step.take(value, nextWaiting);
            if (waitingCount == 0 && nfa.isAnchored()) {
                return NO_MATCH;
            }
            before = nfa.contextAfter(value);
            int[] taken = nextWaiting;
            nextWaiting = waiting;
            waiting = taken;
        }
        return step.reach(waiting, waitingCount, before, -1) ? MATCH : NO_MATCH;
    }
}
