package io.pickaroon.processor.scan;

import java.util.Arrays;

/**
 * Where the values of matches stand in the array of a {@link MatchBatch}: numbers in one array, none for a match of a rule that
 * captures nothing.
 */
final class ValuePlaces {
    private static final int NONE = -1;
    private static final int INITIAL_NUMBERS = 256;
    /** Of one of all fields: start and end of its name, and of its value. */
    private static final int NUMBERS_OF_FIELD = 4;

    /** Of each match where its values begin in the numbers, two for each. */
    private int[] named = {};
    /** Of each match where all fields of its record begin in the numbers: how many, then those of each. */
    private int[] all = {};

    private int matches;
    private int[] numbers = new int[INITIAL_NUMBERS];
    private int used;

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

    int start(int match, int value) {
        return number(match, 2 * value);
    }

    int end(int match, int value) {
        return number(match, 2 * value + 1);
    }

    private int number(int match, int index) {
        return match >= matches || named[match] == NONE ? NONE : numbers[named[match] + index];
    }

    int fieldCount(int match) {
        return match >= matches || all[match] == NONE ? 0 : numbers[all[match]];
    }

    int nameStart(int match, int field) {
        return numbers[ofField(match, field)];
    }

    int nameEnd(int match, int field) {
        return numbers[ofField(match, field) + 1];
    }

    int fieldStart(int match, int field) {
        return numbers[ofField(match, field) + 2];
    }

    int fieldEnd(int match, int field) {
        return numbers[ofField(match, field) + 3];
    }

    private int ofField(int match, int field) {
        return all[match] + 1 + NUMBERS_OF_FIELD * field;
    }

    int heldBytes() {
        return Integer.BYTES * (used + 2 * matches);
    }
}
