package io.pickaroon.processor.search;

/** Is told of matches by their range in an array. */
public interface MatchVisitor {
    void match(int start, int end);
}
