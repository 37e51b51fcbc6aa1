package io.pickaroon.processor.detect;

import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.regex.RecordDfa;
import io.pickaroon.processor.search.MatchVisitor;
import java.util.List;

/** Finds what some detectors know, in one record after the other. Used by one thread at a time; allocates only to grow. */
public final class Detection {
    /** Masks may show others; each round takes time in proportion to the record. */
    private static final int MOST_ROUNDS = 8;

    private static final Finder[] NONE = {};

    /** Of what has a form of digits and signs, which no text tells. */
    private final Finder[] ofForms;
    /** Of what begins with a text, in records with a candidate of theirs. */
    private final Finder[] ofTexts;

    /** Null if there are none. */
    private final RecordDfa texts;

    private final Places places = new Places();
    /** The record, with masks. */
    private byte[] masked = {};

    public Detection(List<Detector> detectors) {
        List<Detector> withTexts =
                detectors.stream().filter(Detector::beginsWithText).toList();
        this.ofForms = detectors.stream()
                .filter(detector -> !detector.beginsWithText())
                .map(Detector::newFinder)
                .toArray(Finder[]::new);
        this.ofTexts = withTexts.stream().map(Detector::newFinder).toArray(Finder[]::new);
        this.texts = withTexts.isEmpty()
                ? null
                : new RecordDfa(new Nfa(Detector.candidates(withTexts).tree()));
    }

    /** True if there is anything in {@code [start, end)}. */
    public boolean finds(byte[] bytes, int start, int end) {
        places.clear();
        return findsWith(ofForms, bytes, start, end)
                || hasTexts(bytes, start, end) && findsWith(ofTexts, bytes, start, end);
    }

    private boolean findsWith(Finder[] finders, byte[] bytes, int start, int end) {
        for (Finder finder : finders) {
            finder.find(bytes, start, end, places);
            if (!places.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean hasTexts(byte[] bytes, int start, int end) {
        return texts != null && texts.matches(bytes, start, end);
    }

    /** Visits the places from left to right; of places that overlap their union. */
    public void visitPlaces(byte[] bytes, int start, int end, MatchVisitor visitor) {
        places.clear();
        findAll(bytes, start, end, hasTexts(bytes, start, end));
        places.visitUnion(visitor);
    }

    /**
     * Visits what masks hide of the places, no byte twice; some of it has characters of its own. What is found only beside something
     * that is hidden by then is among it, so that a second run has nothing to do.
     */
    public void visitHidden(byte[] bytes, int start, int end, MatchVisitor visitor) {
        int length = end - start;
        if (masked.length < length) {
            masked = new byte[length];
        }
        System.arraycopy(bytes, start, masked, 0, length);
        places.clear();
        boolean hasTexts = hasTexts(bytes, start, end);
        boolean mayBeMore = true;
        for (int round = 0; round < MOST_ROUNDS && mayBeMore; round++) {
            findAll(masked, 0, length, hasTexts);
            mayBeMore = !places.isEmpty() && places.hideIn(masked, (byte) visitor.mask());
        }
        places.visitHidden(masked, start, visitor);
    }

    private void findAll(byte[] bytes, int start, int end, boolean hasTexts) {
        for (Finder finder : ofForms) {
            finder.find(bytes, start, end, places);
        }
        for (Finder finder : hasTexts ? ofTexts : NONE) {
            finder.find(bytes, start, end, places);
        }
    }
}
