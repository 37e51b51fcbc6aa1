package io.pickaroon.processor.detect;

import io.pickaroon.processor.search.MatchVisitor;
import java.util.Arrays;

/** What was found in one record: places, and the stretches in them that masks hide. For one thread; allocates only to grow. */
public final class Places {
    private final Stretches places = new Stretches();
    private final Stretches hidden = new Stretches();
    /** Start, end and character of each stretch that is hidden by one of its own, in turns. */
    private int[] special = new int[12];

    private int specialSize;
    private boolean changes;

    private final Found found = new Found();
    private boolean notesFinders;
    private String finder;

    void clear() {
        found.clear();
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

    /** Whether it is noted from now on what finds a place. */
    void noteFinders(boolean areNoted) {
        notesFinders = areNoted;
    }

    /** What is added next is found by what has this name. */
    public void foundBy(String name) {
        finder = name;
    }

    /**
     * Adds a secret, which is hidden as a whole; one that is a number of JSON becomes zeros, so that JSON stays JSON. Nothing is added
     * that is hidden already.
     *
     * @param recordStart where the record begins in the array
     */
    public void addSecret(byte[] bytes, int recordStart, int recordEnd, int start, int end) {
        boolean isNumber = JsonNumber.end(bytes, start, recordEnd) == end
                && JsonNumber.isAt(bytes, recordStart, start, end, recordEnd, recordEnd);
        if (isNumber) {
            JsonNumber.hide(bytes, start, end, this);
        } else if (!Ascii.isMasked(bytes, start, end) && !JsonNumber.isZero(bytes, start, end)) {
            addHidden(start, end);
        }
    }

    void add(int start, int end) {
        places.add(start, end);
        if (notesFinders) {
            found.add(finder, start, end);
        }
    }

    /**
     * Tells what found which place, where that is noted.
     *
     * @param offset where the record begins for the visitor
     */
    void visitFound(int offset, MatchVisitor visitor) {
        found.visit(offset, visitor);
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

    /**
     * Hides in the record itself what a visitor's masks hide of the places, and visits those of which a byte was another one before.
     * Returns whether there were any.
     *
     * @param offset where the record begins for the visitor
     */
    boolean hideParts(byte[] record, int length, int offset, MatchVisitor visitor) {
        changes = false;
        places.visitUnion((start, end) -> {
            long part = visitor.hiddenOf(record, length, start, end);
            if (fill(record, (int) (part >> Integer.SIZE), (int) part, (byte) visitor.mask())) {
                visitor.match(offset + start, offset + end);
                changes = true;
            }
        });
        return changes;
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

    /** What found which place in a record. */
    private static final class Found {
        /** Start and end of each place, in turns, as they were added. */
        private int[] bounds = new int[8];

        private String[] finders = new String[4];
        private int size;

        void clear() {
            size = 0;
        }

        void add(String finder, int start, int end) {
            if (size == finders.length) {
                finders = Arrays.copyOf(finders, 2 * size);
                bounds = Arrays.copyOf(bounds, 4 * size);
            }
            bounds[2 * size] = start;
            bounds[2 * size + 1] = end;
            finders[size++] = finder;
        }

        /** @param offset where the record begins for the visitor */
        void visit(int offset, MatchVisitor visitor) {
            for (int i = 0; i < size; i++) {
                visitor.found(finders[i], offset + bounds[2 * i], offset + bounds[2 * i + 1]);
            }
        }
    }
}
