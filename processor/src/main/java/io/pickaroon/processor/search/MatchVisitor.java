package io.pickaroon.processor.search;

/** Receives matches as ranges of an array. */
public interface MatchVisitor {
    void match(int start, int end);

    /** What the mask is made of that hides the matches; of no account where none does. */
    default char mask() {
        return '*';
    }

    /** True if it wants to be told what found each place, see {@link #found}. */
    default boolean wantsFinders() {
        return false;
    }

    /**
     * Receives a place, before what a mask hides of it. Told only to those who want it.
     *
     * @param finder name of the detector, or of the rule for secrets
     */
    default void found(String finder, int start, int end) {}

    /** True if masks hide the matches, or a part of each, see {@link #hiddenOf}. */
    default boolean masksMatches() {
        return false;
    }

    /**
     * What a mask hides of a match: its start in the upper half and its end in the lower one.
     *
     * @param bytes has the record from index 0 on
     * @param length of the record
     */
    default long hiddenOf(byte[] bytes, int length, int start, int end) {
        return (long) start << Integer.SIZE | end;
    }

    /** Receives a match that a mask hides with a character of its own. */
    default void match(int start, int end, char character) {
        match(start, end);
    }
}
