package io.pickaroon.processor.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds which of many texts stand in a record: at each place, the texts that begin with its first bytes are narrowed
 * down byte by byte. Time is at most the length of the record times the length of the longest text. Immutable and
 * thread-safe.
 */
public final class SortedTexts {
    private static final int PAIRS = 1 << 16;

    private final boolean ignoreCase;
    private final byte[][] texts;
    /** Number that each of the sorted texts had in the list. */
    private final int[] numbers;
    /** Of each two bytes the first text that begins with them or comes after them. */
    private final int[] firstOfPair = new int[PAIRS + 1];
    /** Texts of one byte, by that byte. */
    private final int[] single = new int[256];

    /** Sorts the texts, none of which is empty. */
    public SortedTexts(List<String> list, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        byte[][] inOrder = new byte[list.size()][];
        Arrays.setAll(inOrder, number -> list.get(number).getBytes(StandardCharsets.UTF_8));
        for (byte[] text : inOrder) {
            for (int i = 0; ignoreCase && i < text.length; i++) {
                text[i] = (byte) lower(text[i]);
            }
        }
        this.numbers = IntStream.range(0, inOrder.length)
                .boxed()
                .sorted(Comparator.comparing(number -> inOrder[number], Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
        this.texts = new byte[numbers.length][];
        Arrays.setAll(texts, i -> inOrder[numbers[i]]);
        int pair = 0;
        for (int i = 0; i < texts.length; i++) {
            int begins = (texts[i][0] & 0xff) << 8 | (texts[i].length > 1 ? texts[i][1] & 0xff : 0);
            while (pair <= begins) {
                firstOfPair[pair++] = i;
            }
        }
        Arrays.fill(firstOfPair, pair, firstOfPair.length, texts.length);
        Arrays.fill(single, -1);
        for (int i = texts.length - 1; i >= 0; i--) {
            if (texts[i].length == 1) {
                single[texts[i][0] & 0xff] = i;
            }
        }
    }

    /** Adds the number of each text that stands in {@code [from, to)}. */
    public void addStanding(byte[] bytes, int from, int to, BitSet standing) {
        for (int i = from; i < to; i++) {
            int one = single[at(bytes, i)];
            for (int k = one; k >= 0 && k < texts.length && texts[k].length == 1 && texts[k][0] == texts[one][0]; k++) {
                standing.set(numbers[k]);
            }
            if (i + 1 < to) {
                int pair = at(bytes, i) << 8 | at(bytes, i + 1);
                narrow(bytes, i, to, firstOfPair[pair], firstOfPair[pair + 1], standing);
            }
        }
    }

    private void narrow(byte[] bytes, int from, int to, int firstText, int endText, BitSet standing) {
        int low = firstText;
        int high = endText;
        // A text of one byte is sorted among those that go on with a zero.
        while (low < high && texts[low].length == 1) {
            low++;
        }
        for (int depth = 2; low < high; depth++) {
            while (low < high && texts[low].length == depth) {
                standing.set(numbers[low++]);
            }
            if (from + depth == to) {
                return;
            }
            int value = at(bytes, from + depth);
            low = firstAtLeast(low, high, depth, value);
            high = firstAtLeast(low, high, depth, value + 1);
        }
    }

    private int firstAtLeast(int from, int to, int depth, int value) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((texts[middle][depth] & 0xff) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int at(byte[] bytes, int index) {
        return (ignoreCase ? lower(bytes[index]) : bytes[index]) & 0xff;
    }

    private static int lower(byte value) {
        return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
    }
}
