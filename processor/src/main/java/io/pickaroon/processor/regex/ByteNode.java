package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.List;

/** A regular expression over bytes, as a tree. Characters outside ASCII are the sequences of their UTF-8 bytes. */
public sealed interface ByteNode {
    /** One byte of the set, which may be empty: then nothing matches. */
    record One(ByteSet set) implements ByteNode {}

    /** One after the other; the empty list matches the empty text. */
    record Sequence(List<ByteNode> parts) implements ByteNode {}

    /** One of the parts; earlier ones are preferred. */
    record Choice(List<ByteNode> parts) implements ByteNode {}

    /**
     * At least {@code min} times, and at most {@code max} times, which is {@link #UNBOUNDED} where there is no bound.
     *
     * @param lazy whether few times are preferred
     */
    record Repeat(ByteNode part, int min, int max, boolean lazy) implements ByteNode {}

    /** A group that captures, with its number from 1 on. */
    record Group(ByteNode part, int number) implements ByteNode {}

    /** Nothing, at a certain place. */
    enum Assertion implements ByteNode {
        START,
        END,
        LINE_START,
        LINE_END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY,
        /** No word ends here, nor goes on: the byte before is none of a word. */
        NO_WORD_BEFORE,
        /** No word begins here, nor goes on: the byte after is none of a word. */
        NO_WORD_AFTER
    }

    int UNBOUNDED = Integer.MAX_VALUE;
    Sequence EMPTY = new Sequence(List.of());
    /** Bytes that make words, as {@code \w} and {@code \b} see it. */
    ByteSet WORD = ByteSet.range('0', '9')
            .or(ByteSet.range('A', 'Z'))
            .or(ByteSet.range('a', 'z'))
            .or(ByteSet.of('_'));
}
