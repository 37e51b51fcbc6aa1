package io.pickaroon.processor.regex;

import java.util.Arrays;

/**
 * Finds where the matches of a regular expression are, and some of its groups: of several matches the leftmost one, and of
 * those the one that RE2 and Perl prefer. Over short input a {@link Backtracker} walks the {@link Nfa}; where that would take too
 * much memory, all alternatives are walked at once, in order of preference (Pike's simulation). Time is linear in the input
 * either way. No input is invalid. Not thread-safe; allocates only to grow.
 */
public final class ByteRegex {
    /** Those of the match and of one group. */
    private static final int FEWEST_SLOTS = 4;
    /** As many bits and, at worst, some numbers in a stack are kept: 2 MiB. */
    private static final int MOST_PLACES = 1 << 18;
    /** An expression that could not backtrack in a record of this length never does. */
    private static final int LEAST_LENGTH = 64;

    private final Nfa nfa;
    private final int slotCount;
    /** Of each instruction that remembers a place the slot that it is kept in, or -1. */
    private final int[] slotOf;
    /** Bytes that a match may begin with; null if it may be empty. */
    private final boolean[] first;

    private final int mostPlaces;
    /** For short input; null if the expression is too large. */
    private final Backtracker backtracker;

    private boolean backtracks;

    private Threads threads;
    private Threads nextThreads;
    /** What is to be visited, and negative numbers for slots that get their former values back. */
    private int[] stack = new int[64];

    private final int[] slots;
    private final int[] found;
    private byte[] bytes = {};
    private int from;
    private int to;

    /** Instructions that take a byte or are a match, in order of preference, each with its slots. */
    private static final class Threads {
        int[] instructions = new int[16];
        int[] slots;
        int count;
        final int slotCount;
        final int[] visited;
        int visit;

        Threads(int size, int slotCount) {
            this.visited = new int[size];
            this.slotCount = slotCount;
            this.slots = new int[instructions.length * slotCount];
        }

        void clear() {
            count = 0;
            if (++visit == Integer.MAX_VALUE) {
                Arrays.fill(visited, 0);
                visit = 1;
            }
        }

        boolean isNew(int instruction) {
            boolean isNew = visited[instruction] != visit;
            visited[instruction] = visit;
            return isNew;
        }

        void add(int instruction, int[] itsSlots) {
            if (count == instructions.length) {
                instructions = Arrays.copyOf(instructions, 2 * count);
                slots = Arrays.copyOf(slots, 2 * count * slotCount);
            }
            instructions[count] = instruction;
            copySlots(itsSlots, 0, slots, count * slotCount, slotCount);
            count++;
        }
    }

    /** @param groups numbers of the groups to find, each once; 0 for none */
    public ByteRegex(Nfa nfa, int... groups) {
        this(MOST_PLACES, nfa, groups);
    }

    /** @param mostPlaces up to how many instructions times places it backtracks */
    ByteRegex(int mostPlaces, Nfa nfa, int... groups) {
        this.nfa = nfa;
        this.slotCount = Math.max(FEWEST_SLOTS, 2 + 2 * groups.length);
        this.slotOf = slotsOf(nfa, groups);
        this.slots = new int[slotCount];
        this.found = new int[slotCount];
        this.threads = new Threads(nfa.size(), slotCount);
        this.nextThreads = new Threads(nfa.size(), slotCount);
        this.first = nfa.firstBytes(0);
        this.mostPlaces = mostPlaces;
        this.backtracker = nfa.size() <= mostPlaces / LEAST_LENGTH ? new Backtracker(nfa, slotOf) : null;
    }

    private static int[] slotsOf(Nfa nfa, int... groups) {
        int[] slotOf = new int[nfa.size()];
        Arrays.fill(slotOf, -1);
        for (int instruction = 0; instruction < slotOf.length; instruction++) {
            for (int i = 0; nfa.kind(instruction) == Nfa.SAVE && i < groups.length; i++) {
                int end = nfa.argument(instruction) - 2 * groups[i];
                if (groups[i] > 0 && (end == 0 || end == 1)) {
                    slotOf[instruction] = 2 + 2 * i + end;
                }
            }
        }
        return slotOf;
    }

    /** A copy of a known length takes half the time. */
    private static void copySlots(int[] source, int sourceFrom, int[] target, int targetFrom, int slotCount) {
        if (slotCount == FEWEST_SLOTS) {
            System.arraycopy(source, sourceFrom, target, targetFrom, FEWEST_SLOTS);
        } else {
            System.arraycopy(source, sourceFrom, target, targetFrom, slotCount);
        }
    }

    /** Finds the first match in the range; {@link #start} and {@link #end} then tell where. */
    public boolean find(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        backtracks = backtracker != null && (long) nfa.size() * (to - from + 1) <= mostPlaces;
        if (!backtracks) {
            return simulate(from);
        }
        Arrays.fill(slots, -1);
        backtracker.begin(bytes, from, to, slots);
        return backtrack(from);
    }

    /** Finds the next match after the last one, in the same range. */
    public boolean findNext() {
        int at = end() == start() ? end() + 1 : end();
        if (at > to) {
            return false;
        }
        if (!backtracks) {
            return simulate(at);
        }
        Arrays.fill(slots, -1);
        backtracker.forget(at);
        return backtrack(at);
    }

    /** Index of the first byte of the match. */
    public int start() {
        return found[0];
    }

    /** Exclusive end of the match. */
    public int end() {
        return found[1];
    }

    /**
     * Index of the first byte of a group, -1 if it took no part in the match.
     *
     * @param group its place among those to find, from 0 on
     */
    public int groupStart(int group) {
        return found[2 + 2 * group];
    }

    /** Exclusive end of a group, -1 if it took no part in the match. */
    public int groupEnd(int group) {
        return found[3 + 2 * group];
    }

    private boolean backtrack(int at) {
        for (int i = at; i <= to && (i == from || !nfa.isAnchored()); i++) {
            i = nextPossible(i);
            if (backtracker.matchesAt(i)) {
                System.arraycopy(slots, 0, found, 0, slotCount);
                return true;
            }
        }
        return false;
    }

    private boolean simulate(int at) {
        boolean isFound = false;
        threads.clear();
        for (int i = at; i <= to; i++) {
            if (threads.count == 0) {
                i = isFound ? to : nextPossible(i);
            }
            if (!isFound && (i == from || !nfa.isAnchored())) {
                Arrays.fill(slots, -1);
                slots[0] = i;
                follow(threads, 0, i);
            }
            int value = i < to ? bytes[i] & 0xff : -1;
            nextThreads.clear();
            for (int thread = 0; thread < threads.count; thread++) {
                int instruction = threads.instructions[thread];
                if (nfa.kind(instruction) == Nfa.MATCH) {
                    copySlots(threads.slots, thread * slotCount, found, 0, slotCount);
                    found[1] = i;
                    isFound = true;
                    // What comes after it is not preferred.
                    break;
                }
                int next = value < 0 ? -1 : nfa.after(instruction, value);
                if (next >= 0) {
                    copySlots(threads.slots, thread * slotCount, slots, 0, slotCount);
                    follow(nextThreads, next, i + 1);
                }
            }
            Threads done = threads;
            threads = nextThreads;
            nextThreads = done;
        }
        return isFound;
    }

    private int nextPossible(int index) {
        int i = index;
        if (nfa.isAnchored() && index > from) {
            return to;
        }
        if (first != null) {
            while (i < to && !first[bytes[i] & 0xff]) {
                i++;
            }
        }
        return i;
    }

    /** Adds all that is reached from an instruction without taking a byte, what is preferred first. */
    private void follow(Threads into, int instruction, int place) {
        int depth = 0;
        stack[depth++] = instruction;
        while (depth > 0) {
            int at = stack[--depth];
            if (at < 0) {
                slots[-at - 1] = stack[--depth];
                continue;
            }
            if (!into.isNew(at)) {
                continue;
            }
            if (depth + 3 > stack.length) {
                stack = Arrays.copyOf(stack, 2 * stack.length);
            }
            switch (nfa.kind(at)) {
                case Nfa.FORK -> {
                    stack[depth++] = nfa.argument(at);
                    stack[depth++] = nfa.next(at);
                }
                case Nfa.SAVE -> {
                    int slot = slotOf[at];
                    if (slot >= 0) {
                        stack[depth++] = slots[slot];
                        stack[depth++] = -slot - 1;
                        slots[slot] = place;
                    }
                    stack[depth++] = nfa.next(at);
                }
                case Nfa.ASSERT -> {
                    if (nfa.holds(at, nfa.contextAt(bytes, from, place), place < to ? bytes[place] & 0xff : -1)) {
                        stack[depth++] = nfa.next(at);
                    }
                }
                default -> into.add(at, slots);
            }
        }
    }
}
