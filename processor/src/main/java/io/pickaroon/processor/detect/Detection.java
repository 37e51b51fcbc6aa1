package io.pickaroon.processor.detect;

import io.pickaroon.processor.search.MatchVisitor;
import java.util.List;

/** Finds what some detectors know, in one record after the other. Used by one thread at a time; allocates only to grow. */
public final class Detection {
    /** Masks may show others; each round takes time in proportion to the record. */
    private static final int FEWEST_ROUNDS = 8;

    /** There are more rounds, as long as something is found, while the bytes of all of them are no more than these. */
    private static final int BYTES_OF_ROUNDS = 1 << 22;

    private static final Detector[] DETECTORS = Detector.values();

    /** Of each detector by its number; null of those that are not asked for. */
    private final Finder[] finders = new Finder[DETECTORS.length];

    /** Others, asked for every record. */
    private final List<Finder> others;

    private final Candidates candidates;
    private final int asked;
    /** Those of others, or the same. */
    private Candidates seen;

    private final Places places = new Places();
    /** The record, with masks. */
    private byte[] masked = {};

    public Detection(List<Detector> detectors) {
        this(detectors, List.of());
    }

    /** @param others what else finds something; used by this one alone */
    public Detection(List<Detector> detectors, List<Finder> others) {
        this.others = List.copyOf(others);
        this.candidates = new Candidates(detectors);
        this.asked = candidates.asked();
        this.seen = candidates;
        for (Detector detector : detectors) {
            finders[detector.ordinal()] = detector.newFinder();
        }
    }

    /**
     * Takes what these have seen in records, if they have.
     *
     * @throws IllegalArgumentException if they were not asked for all of its detectors
     */
    public void share(Candidates others) {
        if ((asked & ~others.asked()) != 0) {
            throw new IllegalArgumentException("they look for other detectors");
        }
        seen = others;
    }

    /** True if there is anything in {@code [start, end)}. */
    public boolean finds(byte[] bytes, int start, int end) {
        places.clear();
        places.noteFinders(false);
        int bits = asked == 0 ? 0 : seen.hasSeen(bytes, start, end) ? seen.found() : candidates.in(bytes, start, end);
        for (int left = bits & asked; left != 0; left &= left - 1) {
            finders[Integer.numberOfTrailingZeros(left)].find(bytes, start, end, places);
            if (!places.isEmpty()) {
                return true;
            }
        }
        for (Finder other : others) {
            other.find(bytes, start, end, places);
            if (!places.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Visits the places from left to right; of places that overlap their union. Where masks hide a part of each, and something is found
     * in what they leave, these places follow, so that a second run has nothing to do.
     */
    public void visitPlaces(byte[] bytes, int start, int end, MatchVisitor visitor) {
        places.noteFinders(visitor.wantsFinders());
        if (visitor.masksMatches()) {
            visitMasked(bytes, start, end - start, visitor);
        } else {
            places.clear();
            findAll(bytes, start, end);
            places.visitFound(0, visitor);
            places.visitUnion(visitor);
        }
    }

    private void visitMasked(byte[] bytes, int start, int length, MatchVisitor visitor) {
        copy(bytes, start, length);
        boolean mayBeMore = true;
        for (int round = 0; mayBeMore && mayGoOn(round, length); round++) {
            places.clear();
            findAll(masked, 0, length);
            places.visitFound(start, visitor);
            mayBeMore = places.hideParts(masked, length, start, visitor);
        }
    }

    /**
     * Visits what masks hide of the places, no byte twice; some of it has characters of its own. What is found only beside something
     * that is hidden by then is among it, so that a second run has nothing to do.
     */
    public void visitHidden(byte[] bytes, int start, int end, MatchVisitor visitor) {
        int length = end - start;
        copy(bytes, start, length);
        places.clear();
        places.noteFinders(visitor.wantsFinders());
        boolean mayBeMore = true;
        for (int round = 0; mayBeMore && mayGoOn(round, length); round++) {
            findAll(masked, 0, length);
            mayBeMore = !places.isEmpty() && places.hideIn(masked, (byte) visitor.mask());
        }
        places.visitFound(start, visitor);
        places.visitHidden(masked, start, visitor);
    }

    private static boolean mayGoOn(int round, int length) {
        return round < FEWEST_ROUNDS || (long) round * length < BYTES_OF_ROUNDS;
    }

    private void copy(byte[] bytes, int start, int length) {
        if (masked.length < length) {
            masked = new byte[length];
        }
        System.arraycopy(bytes, start, masked, 0, length);
    }

    private void findAll(byte[] bytes, int start, int end) {
        int bits = asked == 0 ? 0 : candidates.in(bytes, start, end);
        for (int left = bits; left != 0; left &= left - 1) {
            int detector = Integer.numberOfTrailingZeros(left);
            places.foundBy(DETECTORS[detector].word());
            finders[detector].find(bytes, start, end, places);
        }
        for (Finder other : others) {
            other.find(bytes, start, end, places);
        }
    }
}
