package io.pickaroon.processor.detect;

import io.pickaroon.processor.search.MatchVisitor;
import java.util.Arrays;

/** What was found in one record: places, and the stretches in them that masks hide. For one thread; allocates only to grow. */
final class Places {
    private final Stretches places = new Stretches();
    private final Stretches hidden = new Stretches();
    /** Start, end and character of each stretch that is hidden by one of its own, in turns. */
    private int[] special = new int[12];

    private int specialSize;

    /** Start and end of each place, in turns, as they were added, and what found it. */
    private int[] bounds = new int[8];

    private Detector[] detectors = new Detector[4];
    private int foundSize;
    private Detector finder;

    void clear() {
        foundSize = 0;
        places.clear();
        hidden.clear();
        specialSize = 0;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Adds a place that is hidden as a whole. */
    void addHidden(int start, int end) {
        add(start, end);
        hide(start, end);
    }

    /** What is added next is found by this one. */
    void foundBy(Detector detector) {
        finder = detector;
    }

    void add(int start, int end) {
        places.add(start, end);
        if (foundSize == detectors.length) {
            detectors = Arrays.copyOf(detectors, 2 * foundSize);
            bounds = Arrays.copyOf(bounds, 4 * foundSize);
        }
        bounds[2 * foundSize] = start;
        bounds[2 * foundSize + 1] = end;
        detectors[foundSize++] = finder;
    }

    /**
     * Tells what found which place.
     *
     * @param offset where the record begins for the visitor
     */
    void visitFound(int offset, MatchVisitor visitor) {
        for (int i = 0; i < foundSize; i++) {
            visitor.found(detectors[i].word(), offset + bounds[2 * i], offset + bounds[2 * i + 1]);
        }
    }

    /** Hides a stretch, which may be empty, of the place added last. */
    void hide(int start, int end) {
        if (start < end) {
            hidden.add(start, end);
        }
    }

    /** Hides a stretch by a character of its own. */
    void hide(int start, int end, char character) {
        if (specialSize == special.length) {
            special = Arrays.copyOf(special, 2 * specialSize);
        }
        special[specialSize++] = start;
        special[specialSize++] = end;
        special[specialSize++] = character;
    }

    /** Hides the letters and digits of a stretch but for the last ones; what stands between them stays. */
    void hideAllBut(int last, byte[] bytes, int start, int end) {
        int to = end;
        for (int kept = 0; to > start && kept < last; to--) {
            kept += Ascii.isAlnum(bytes[to - 1]) ? 1 : 0;
        }
        int from = start;
        while (from < to) {
            int next = from;
            while (next < to && Ascii.isAlnum(bytes[next])) {
                next++;
            }
            hide(from, next);
            from = next + (next < to ? 1 : 0);
        }
    }

    /** Visits the places from left to right; those that overlap as one. */
    void visitUnion(MatchVisitor visitor) {
        places.visitUnion(visitor);
    }

    /**
     * Visits what is hidden, from left to right and no byte twice.
     *
     * @param masked the record, after {@link #hideIn}
     * @param offset where the record begins for the visitor
     */
    void visitHidden(byte[] masked, int offset, MatchVisitor visitor) {
        for (int i = 0; i < specialSize; i += 3) {
            hidden.add(special[i], special[i + 1]);
        }
        hidden.visitUnion((start, end) -> visitRuns(masked, start, end, offset, visitor));
    }

    private static void visitRuns(byte[] masked, int start, int end, int offset, MatchVisitor visitor) {
        for (int from = start; from < end; ) {
            byte first = masked[from];
            boolean isSpecial = isSpecial(first);
            int to = from + 1;
            while (to < end && (isSpecial ? masked[to] == first : !isSpecial(masked[to]))) {
                to++;
            }
            if (isSpecial) {
                visitor.match(offset + from, offset + to, (char) first);
            } else {
                visitor.match(offset + from, offset + to);
            }
            from = to;
        }
    }

    /** True for what a number of JSON is hidden by, which is none of the characters of masks. */
    private static boolean isSpecial(byte b) {
        return b == '0' || b == '.' || b == ' ';
    }

    /**
     * Hides what is to be hidden in the record itself, but for ends of lines. Where masks meet, those with a character of their own
     * give way. Returns whether a byte was another one before.
     */
    boolean hideIn(byte[] record, byte mask) {
        boolean changes = hidden.fill(record, mask);
        for (int i = 0; i < specialSize; i += 3) {
            for (int at = special[i]; at < special[i + 1]; at++) {
                if (record[at] != mask && record[at] != special[i + 2]) {
                    record[at] = (byte) special[i + 2];
                    changes = true;
                }
            }
        }
        return changes;
    }

    static boolean fill(byte[] record, int start, int end, byte mask) {
        boolean changes = false;
        for (int i = start; i < end; i++) {
            if (record[i] != mask && record[i] != '\n' && record[i] != '\r') {
                record[i] = mask;
                changes = true;
            }
        }
        return changes;
    }
}
