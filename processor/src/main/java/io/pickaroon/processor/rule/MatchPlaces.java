package io.pickaroon.processor.rule;

import io.pickaroon.processor.search.MatchVisitor;
import java.util.Arrays;

/**
 * Places of the matches in a stretch that are not empty, in the order in which they are found. For one thread; allocates only
 * to grow.
 */
public final class MatchPlaces implements MatchVisitor {
    /** Start and end of each, in turns. */
    private int[] places = new int[16];

    private int size;
    private int from;
    private int to;

    /** Forgets what it has, and takes what lies between two indexes of an array. */
    public void begin(int newFrom, int newTo) {
        size = 0;
        from = newFrom;
        to = newTo;
    }

    @Override
    public void match(int start, int end) {
        if (start < end && start >= from && end <= to) {
            if (2 * size == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[2 * size] = start;
            places[2 * size + 1] = end;
            size++;
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** True if one of the matches has just this place. */
    public boolean contains(int start, int end) {
        for (int i = 0; i < 2 * size; i += 2) {
            if (places[i] == start && places[i + 1] == end) {
                return true;
            }
        }
        return false;
    }

    /** True if the same bytes match in the same order. */
    public boolean haveSameBytes(byte[] bytes, MatchPlaces others, byte[] otherBytes) {
        boolean same = size == others.size;
        for (int i = 0; same && i < 2 * size; i += 2) {
            same = Arrays.equals(bytes, places[i], places[i + 1], otherBytes, others.places[i], others.places[i + 1]);
        }
        return same;
    }
}
