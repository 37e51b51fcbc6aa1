package io.pickaroon.processor.search;

/** Receives matches as ranges of an array. */
public interface MatchVisitor {
    void match(int start, int end);
}
