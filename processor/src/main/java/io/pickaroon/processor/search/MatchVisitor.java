package io.pickaroon.processor.search;

/** Receives matches as ranges of an array. */
public interface MatchVisitor {
    void match(int start, int end);

    /** What the mask is made of that hides the matches; of no account where none does. */
    default char mask() {
        return '*';
    }

    /** Receives a place of a detector, before what a mask hides of it. */
    default void found(String detector, int start, int end) {}

    /** Receives a match that a mask hides with a character of its own. */
    default void match(int start, int end, char character) {
        match(start, end);
    }
}
