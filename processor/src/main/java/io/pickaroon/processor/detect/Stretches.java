package io.pickaroon.processor.detect;

import io.pickaroon.processor.search.MatchVisitor;
import java.util.Arrays;

/** Stretches of an array, and their union. For one thread; allocates only to grow. */
final class Stretches {
    /** Start in the upper half, end in the lower one. */
    private long[] stretches = new long[8];

    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int start, int end) {
        if (size == stretches.length) {
            stretches = Arrays.copyOf(stretches, 2 * size);
        }
        stretches[size++] = (long) start << Integer.SIZE | end;
    }

    boolean fill(byte[] record, byte mask) {
        boolean changes = false;
        for (int i = 0; i < size; i++) {
            changes |= Places.fill(record, (int) (stretches[i] >> Integer.SIZE), (int) stretches[i], mask);
        }
        return changes;
    }

    /** Visits them from left to right; those that overlap as one. */
    void visitUnion(MatchVisitor visitor) {
        Arrays.sort(stretches, 0, size);
        for (int i = 0; i < size; ) {
            int start = (int) (stretches[i] >> Integer.SIZE);
            int end = (int) stretches[i];
            while (++i < size && (int) (stretches[i] >> Integer.SIZE) < end) {
                end = Math.max(end, (int) stretches[i]);
            }
            visitor.match(start, end);
        }
    }
}
