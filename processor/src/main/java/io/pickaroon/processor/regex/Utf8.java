package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the tree that matches the UTF-8 bytes of one character of a set: of each of them those bytes and no others, so that
 * neither bytes that are no UTF-8 match, nor a surrogate, nor a character in more bytes than it needs.
 */
final class Utf8 {
    /** Last code points of one byte, of two, of three and of four. */
    private static final int[] LAST_OF_LENGTH = {0x7f, 0x7ff, 0xffff, Character.MAX_CODE_POINT};

    private static final int[] LEADS = {0, 0xc0, 0xe0, 0xf0};
    private static final int BITS_OF_TAIL = 6;
    private static final int TAIL = 0x80;

    private Utf8() {}

    /** Nothing matches if there is no character in the set that UTF-8 has. */
    static ByteNode of(CodePoints characters) {
        CodePoints encoded = characters.and(
                CodePoints.of(Character.MIN_SURROGATE, Character.MAX_SURROGATE).not());
        List<ByteNode> choices = new ArrayList<>();
        int first = 0;
        for (int tails = 0; tails < LAST_OF_LENGTH.length; tails++) {
            CodePoints ofLength = encoded.and(CodePoints.of(first, LAST_OF_LENGTH[tails]));
            if (!ofLength.isEmpty()) {
                addChoices(ofLength, LEADS[tails], tails, choices);
            }
            first = LAST_OF_LENGTH[tails] + 1;
        }
        return choices.isEmpty() ? new ByteNode.One(ByteSet.NONE) : choice(choices);
    }

    private static ByteNode choice(List<ByteNode> choices) {
        return choices.size() == 1 ? choices.getFirst() : new ByteNode.Choice(choices);
    }

    /**
     * Adds what matches numbers that are written as a byte, which has the highest bits, and the rest as tails. First bytes
     * with the same rest share it.
     */
    private static void addChoices(CodePoints numbers, int lead, int tails, List<ByteNode> choices) {
        Map<ByteNode, ByteSet> leadsOf = new LinkedHashMap<>();
        int shift = BITS_OF_TAIL * tails;
        int lastRest = (1 << shift) - 1;
        for (int range = 0; range < numbers.rangeCount(); range++) {
            int high = numbers.first(range) >> shift;
            if (range > 0 && high == numbers.last(range - 1) >> shift) {
                high++;
            }
            while (high <= numbers.last(range) >> shift) {
                int from = high << shift;
                boolean isWhole = numbers.first(range) <= from && numbers.last(range) >= from + lastRest;
                int last = isWhole ? ((numbers.last(range) + 1) >> shift) - 1 : high;
                ByteNode rest = isWhole ? anyTails(tails) : rest(numbers.within(from, from + lastRest), tails - 1);
                leadsOf.merge(rest, ByteSet.range(lead + high, lead + last), ByteSet::or);
                high = last + 1;
            }
        }
        leadsOf.forEach((rest, leads) -> choices.add(
                rest.equals(ByteNode.EMPTY)
                        ? new ByteNode.One(leads)
                        : new ByteNode.Sequence(List.of(new ByteNode.One(leads), rest))));
    }

    private static ByteNode rest(CodePoints numbers, int tails) {
        List<ByteNode> choices = new ArrayList<>();
        addChoices(numbers, TAIL, tails, choices);
        return choice(choices);
    }

    private static ByteNode anyTails(int count) {
        List<ByteNode> tails = Collections.nCopies(count, new ByteNode.One(ByteSet.range(TAIL, TAIL + 0x3f)));
        return count == 0 ? ByteNode.EMPTY : count == 1 ? tails.getFirst() : new ByteNode.Sequence(tails);
    }
}
