package io.pickaroon.processor.regex;

import java.util.Arrays;

/**
 * Finds what {@link ByteRegex} finds in short input, several times faster: it tries one alternative after the other, what is
 * preferred first, and comes back to the next where that leads nowhere. An instruction that is reached in several ways, at a
 * place from which it led nowhere before, is not tried again (as in RE2's BitState), so time is linear in the size of the
 * expression times the length of the input, and so is memory. Repeats of one set of bytes are taken in one loop. Used by one
 * thread at a time; allocates only to grow.
 */
final class Backtracker {
    /** Kinds of its own, beside those of {@link Nfa}: takes a byte, and is what a greedy or a lazy repeat consists of. */
    private static final int GREEDY = 6;

    private static final int LAZY = 7;

    private final Nfa nfa;
    private final int[] slotOf;
    private final int start;
    private final int[] kinds;
    /** Numbers of the instructions that are reached in several ways, from 1 on; 0 for others. */
    private final int[] joins;

    private final int joinCount;
    /** Of what follows a repeat the bytes that it may begin with; null for others, and if it may be empty. */
    private final boolean[][] first;

    /** What an instruction leads to over others that remember a place, or itself. */
    private final int[] beyondSaves;

    /** A row for each join: a bit for each place from which it was tried. */
    private long[] tried = {};

    private int wordsOfRow;
    private int highest;
    /** Three numbers each: an instruction with its first and last place, or a negative number for a slot and its value. */
    private int[] stack = new int[3 * 32];

    private int depth;
    private byte[] bytes = {};
    private int from;
    private int to;
    private int[] slots = {};
    private long steps;

    /** @param slotOf of each instruction the slot that it writes, or -1 */
    Backtracker(Nfa nfa, int[] slotOf) {
        this.nfa = nfa;
        this.slotOf = slotOf;
        this.start = nfa.next(0);
        this.kinds = new int[nfa.size()];
        this.joins = new int[nfa.size()];
        this.first = new boolean[nfa.size()][];
        this.beyondSaves = new int[nfa.size()];
        this.joinCount = numberJoins();
        for (int instruction = 0; instruction < kinds.length; instruction++) {
            kinds[instruction] = kindOf(instruction);
            int beyond = instruction;
            while (nfa.kind(beyond) == Nfa.SAVE) {
                beyond = nfa.next(beyond);
            }
            beyondSaves[instruction] = beyond;
        }
    }

    private int numberJoins() {
        joins[start]++;
        for (int instruction = 1; instruction < joins.length; instruction++) {
            int kind = nfa.kind(instruction);
            int last = -1;
            for (int value = 0; kind == Nfa.SWITCH && value < 256; value++) {
                int after = nfa.after(instruction, value);
                if (after >= 0 && after != last) {
                    joins[after]++;
                    last = after;
                }
            }
            if (kind != Nfa.SWITCH && kind != Nfa.MATCH) {
                joins[nfa.next(instruction)]++;
            }
            if (kind == Nfa.FORK) {
                joins[nfa.argument(instruction)]++;
            }
        }
        int count = 0;
        for (int instruction = 0; instruction < joins.length; instruction++) {
            joins[instruction] = joins[instruction] > 1 ? ++count : 0;
        }
        return count;
    }

    private int kindOf(int instruction) {
        int fork = nfa.next(instruction);
        if (nfa.kind(instruction) != Nfa.BYTE || nfa.kind(fork) != Nfa.FORK || joins[instruction] == 0) {
            return nfa.kind(instruction);
        }
        boolean isGreedy = nfa.next(fork) == instruction;
        if (!isGreedy && nfa.argument(fork) != instruction) {
            return Nfa.BYTE;
        }
        int then = then(instruction, isGreedy);
        first[then] = nfa.firstBytes(then);
        return isGreedy ? GREEDY : LAZY;
    }

    /** What follows a repeat. */
    private int then(int repeat, boolean isGreedy) {
        int fork = nfa.next(repeat);
        return isGreedy ? nfa.argument(fork) : nfa.next(fork);
    }

    /** Begins with a range. */
    void begin(byte[] newBytes, int newFrom, int newTo, int[] newSlots) {
        bytes = newBytes;
        from = newFrom;
        to = newTo;
        slots = newSlots;
        wordsOfRow = (to - from >> 6) + 1;
        if (tried.length < joinCount * wordsOfRow) {
            tried = new long[joinCount * wordsOfRow];
        } else {
            Arrays.fill(tried, 0, joinCount * wordsOfRow, 0);
        }
        highest = -1;
    }

    /** Forgets what was tried, all of it from a place on. */
    void forget(int place) {
        int word = place - from >> 6;
        for (int row = 0; highest >= place && row < joinCount * wordsOfRow; row += wordsOfRow) {
            Arrays.fill(tried, row + word, row + (highest - from >> 6) + 1, 0);
        }
        highest = -1;
    }

    /** True if a match begins here; the slots, which were -1 and are so if not, then have where its groups stand. */
    boolean matchesAt(int place) {
        if (!mayLeadOn(start, place)) {
            return false;
        }
        depth = 0;
        int at = start;
        int i = place;
        while (true) {
            steps++;
            int instruction = at;
            at = -1;
            switch (kinds[instruction]) {
                case Nfa.FORK -> {
                    if (isNew(instruction, i)) {
                        push(nfa.argument(instruction), i, i);
                        at = nfa.next(instruction);
                    }
                }
                case Nfa.SAVE -> {
                    if (isNew(instruction, i)) {
                        save(slotOf[instruction], i);
                        at = nfa.next(instruction);
                    }
                }
                case Nfa.ASSERT -> {
                    int nextByte = i < to ? bytes[i] & 0xff : -1;
                    if (isNew(instruction, i) && nfa.holds(instruction, nfa.contextAt(bytes, from, i), nextByte)) {
                        at = nfa.next(instruction);
                    }
                }
                case GREEDY -> push(then(instruction, true), i + 1, endOfRun(instruction, i, -1));
                case LAZY -> {
                    int then = then(instruction, false);
                    int end = endOfRun(instruction, i, then);
                    if (end > i) {
                        push(instruction, end, end);
                        push(then, end, end);
                    }
                }
                case Nfa.MATCH -> {
                    slots[0] = place;
                    slots[1] = i;
                    return true;
                }
                default -> {
                    if (i < to) {
                        at = nfa.after(instruction, bytes[i] & 0xff);
                        at = at >= 0 && isNew(instruction, i) ? at : -1;
                        i++;
                    }
                }
            }
            if (at < 0) {
                i = goBack();
                if (i < 0) {
                    return false;
                }
                at = stack[depth];
            }
        }
    }

    /** Takes the next alternative from the top of the stack, where it still stands; returns its place, or -1. */
    private int goBack() {
        while (depth > 0) {
            depth -= 3;
            int instruction = stack[depth];
            int lowest = stack[depth + 1];
            if (instruction < 0) {
                slots[-instruction - 1] = lowest;
                continue;
            }
            int place = stack[depth + 2];
            while (place >= lowest && !mayLeadOn(instruction, place)) {
                place--;
            }
            if (place > lowest) {
                // What is left stays on the stack, under a copy of what is taken.
                push(instruction, lowest, place - 1);
                reserve();
                stack[depth] = instruction;
            }
            if (place >= lowest) {
                return place;
            }
        }
        return -1;
    }

    /**
     * Where the bytes end that a repeat takes from here on. It stops where it has been before.
     *
     * @param then after one byte at least it stops where this may lead on, too; -1 if it does not
     */
    private int endOfRun(int repeat, int place, int then) {
        boolean[] takes = nfa.bytesOf(repeat);
        int row = (joins[repeat] - 1) * wordsOfRow;
        int i = place;
        for (; i < to && takes[bytes[i] & 0xff]; i++) {
            int word = row + (i - from >> 6);
            long bit = 1L << i - from;
            if ((tried[word] & bit) != 0 || then >= 0 && i > place && mayLeadOn(then, i)) {
                break;
            }
            tried[word] |= bit;
        }
        highest = Math.max(highest, i);
        steps += i - place;
        return i;
    }

    /** False if it is known that an instruction leads nowhere from a place on. */
    private boolean mayLeadOn(int instruction, int place) {
        boolean[] mayBegin = first[instruction];
        if (mayBegin != null && (place == to || !mayBegin[bytes[place] & 0xff])) {
            return false;
        }
        int join = joins[beyondSaves[instruction]];
        return join == 0 || (tried[(join - 1) * wordsOfRow + (place - from >> 6)] >>> place - from & 1) == 0;
    }

    /** False if the instruction was tried here before. */
    private boolean isNew(int instruction, int place) {
        int join = joins[instruction];
        if (join == 0) {
            return true;
        }
        int word = (join - 1) * wordsOfRow + (place - from >> 6);
        long former = tried[word];
        tried[word] = former | 1L << place - from;
        highest = Math.max(highest, place);
        return (former >>> place - from & 1) == 0;
    }

    private void save(int slot, int place) {
        if (slot >= 0) {
            push(-slot - 1, slots[slot], Integer.MAX_VALUE);
            slots[slot] = place;
        }
    }

    private void push(int instruction, int lowest, int highestPlace) {
        if (lowest <= highestPlace) {
            reserve();
            stack[depth] = instruction;
            stack[depth + 1] = lowest;
            stack[depth + 2] = highestPlace;
            depth += 3;
        }
    }

    private void reserve() {
        if (depth + 3 > stack.length) {
            stack = Arrays.copyOf(stack, 2 * stack.length);
        }
    }

    /** Instructions and bytes that were tried since it was made. */
    long steps() {
        return steps;
    }
}
