package io.pickaroon.app.scan;

/**
 * What a printed record looks like.
 *
 * @param names whether the file's name stands before it
 * @param numbers whether its number in the file stands before it, from 1 on
 * @param matchesOnly whether only what matches in it is printed, each match in a line of its own
 * @param colors whether there are escape sequences for colors
 * @param isForTerminal whether a person sees it at once: then a record with NUL bytes is not printed
 */
record Layout(boolean names, boolean numbers, boolean matchesOnly, boolean colors, boolean isForTerminal) {
    /** True if a record's bytes alone are printed. */
    boolean isPlain() {
        return !names && !numbers && !matchesOnly && !colors && !isForTerminal;
    }

    /** True if it has to be known where in a record something matches. */
    boolean needsPlaces() {
        return matchesOnly || colors;
    }
}
