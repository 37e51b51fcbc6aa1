package io.pickaroon.processor.scan;

import java.util.Arrays;

/**
 * Where the values of matches that {@link io.pickaroon.processor.rule.Captures} name stand in the array of a {@link MatchBatch},
 * as they may be shown: with all masks; and how many neighbours come with each. Numbers in one array, none for a match of a rule
 * that captures nothing. Only the scanner writes to it; it is read-only for all others.
 */
public final class MatchValues {
    /** No match has any; nothing is added to it. */
    static final MatchValues OF_NOTHING = new MatchValues(0);

    private static final int NONE = -1;
    private static final int INITIAL_NUMBERS = 256;
    /** Of one of all fields: start and end of its name, and of its value. */
    private static final int NUMBERS_OF_FIELD = 4;

    private static final int NUMBERS_OF_NEIGHBOURS = 4;

    /** Of each match where its values begin in the numbers, two for each. */
    private int[] named = {};
    /** Of each match where all fields of its record begin in the numbers: how many, then those of each. */
    private int[] all = {};

    /**
     * Of each match four numbers: how many neighbours come with it, before and after, where its own record begins in the array, and
     * its length. As long as it needs to be; all are 0 for a match without any.
     */
    private int[] neighbours = {};

    private int matches;
    private int[] numbers;
    private int used;

    MatchValues() {
        this(INITIAL_NUMBERS);
    }

    private MatchValues(int capacity) {
        this.numbers = new int[capacity];
    }

    /** The values added next are those of this match. */
    void begin(int match) {
        if (match >= named.length) {
            int capacity = Math.max(match + 1, 2 * named.length);
            named = Arrays.copyOf(named, capacity);
            all = Arrays.copyOf(all, capacity);
        }
        Arrays.fill(named, matches, match, NONE);
        Arrays.fill(all, matches, match + 1, NONE);
        named[match] = used;
        matches = match + 1;
    }

    void add(int start, int end) {
        if (used + 2 > numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        numbers[used++] = start;
        numbers[used++] = end;
    }

    /** Begins with all fields of a record, which are added as their names and values, in turns; returns their place. */
    int beginAll() {
        add(0, 0);
        return --used - 1;
    }

    /** The fields of the record that was begun with are complete. */
    void endAll(int place) {
        numbers[place] = (used - place - 1) / NUMBERS_OF_FIELD;
    }

    /** Gives the last match all fields of its record. */
    void shareAll(int place) {
        all[matches - 1] = place;
    }

    /**
     * Index of the first byte of a value that is captured by name.
     *
     * @param value its place among the named ones, groups first
     * @return -1 if the record has no such value
     */
    public int start(int match, int value) {
        return number(match, 2 * value);
    }

    /** Exclusive end of a value; -1 if the record has no such value. */
    public int end(int match, int value) {
        return number(match, 2 * value + 1);
    }

    private int number(int match, int index) {
        return match >= matches || named[match] == NONE ? NONE : numbers[named[match] + index];
    }

    /** How many fields the record has; 0 unless {@link io.pickaroon.processor.rule.Captures#allFields}. */
    public int fieldCount(int match) {
        return match >= matches || all[match] == NONE ? 0 : numbers[all[match]];
    }

    /** Index of the first byte of the name of one of all fields, in UTF-8. */
    public int nameStart(int match, int field) {
        return numbers[ofField(match, field)];
    }

    /** Exclusive end of a field's name. */
    public int nameEnd(int match, int field) {
        return numbers[ofField(match, field) + 1];
    }

    /** Index of the first byte of the value of one of all fields. */
    public int fieldStart(int match, int field) {
        return numbers[ofField(match, field) + 2];
    }

    /** Exclusive end of a field's value. */
    public int fieldEnd(int match, int field) {
        return numbers[ofField(match, field) + 3];
    }

    private int ofField(int match, int field) {
        return all[match] + 1 + NUMBERS_OF_FIELD * field;
    }

    /** So many neighbours come with a match, whose own record stands among them. */
    void addNeighbours(int match, int before, int after, int start, int length) {
        int at = match * NUMBERS_OF_NEIGHBOURS;
        if (at >= neighbours.length) {
            neighbours = Arrays.copyOf(neighbours, Math.max(at + NUMBERS_OF_NEIGHBOURS, 2 * neighbours.length));
        }
        neighbours[at] = before;
        neighbours[at + 1] = after;
        neighbours[at + 2] = start;
        neighbours[at + 3] = length;
    }

    int neighboursBefore(int match) {
        return ofNeighbours(match, 0);
    }

    int neighboursAfter(int match) {
        return ofNeighbours(match, 1);
    }

    boolean hasNeighbours(int match) {
        return neighboursBefore(match) + neighboursAfter(match) > 0;
    }

    int recordStart(int match) {
        return ofNeighbours(match, 2);
    }

    int recordLength(int match) {
        return ofNeighbours(match, 3);
    }

    private int ofNeighbours(int match, int number) {
        int at = match * NUMBERS_OF_NEIGHBOURS;
        return at < neighbours.length ? neighbours[at + number] : 0;
    }

    int heldBytes() {
        return Integer.BYTES * (used + 2 * matches + neighbours.length);
    }
}
