package io.pickaroon.processor.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where in each needle a search looks: at the window of {@link Sieve#POSITIONS} bytes, a stride apart, that is the rarest
 * in log files. Immutable.
 */
final class NeedleWindows {
    private static final int BITS_OF_SIEVE = 8;

    private final List<Needle> needles;
    private final int stride;
    private final int[] starts;

    /**
     * @param needles none of which is empty
     * @param stride at least 1
     */
    NeedleWindows(List<Needle> needles, int stride) {
        this.needles = List.copyOf(needles);
        this.stride = stride;
        this.starts =
                needles.stream().mapToInt(needle -> needle.rarestWindow(stride)).toArray();
    }

    List<Needle> needles() {
        return needles;
    }

    int stride() {
        return stride;
    }

    /** Index in a needle of its window. */
    int start(int needle) {
        return starts[needle];
    }

    /** True if a needle ends before this position of its window. */
    boolean endsBefore(int needle, int position) {
        return starts[needle] + position * stride >= needles.get(needle).lengthBytes();
    }

    /** The bytes that a needle admits at a position of its window: all of them after its end. */
    ByteSet set(int needle, int position) {
        return endsBefore(needle, position)
                ? ByteSet.ALL
                : needles.get(needle).sets().get(starts[needle] + position * stride);
    }

    /**
     * For each position an entry for each of 256 bytes, with a bit for some of the needles: those with similar windows
     * share one.
     */
    byte[][] tables() {
        String[] texts = new String[needles.size()];
        Arrays.setAll(texts, this::windowText);
        int[] order = IntStream.range(0, needles.size())
                .boxed()
                .sorted((one, other) -> texts[one].compareTo(texts[other]))
                .mapToInt(Integer::intValue)
                .toArray();
        byte[][] tables = new byte[Sieve.POSITIONS][256];
        for (int rank = 0; rank < order.length; rank++) {
            int bit = 1 << (rank * BITS_OF_SIEVE / order.length);
            for (int position = 0; position < Sieve.POSITIONS; position++) {
                ByteSet set = set(order[rank], position);
                for (int value = set.next(0); value < 256; value = set.next(value + 1)) {
                    tables[position][value] |= (byte) bit;
                }
            }
        }
        return tables;
    }

    private String windowText(int needle) {
        StringBuilder text = new StringBuilder();
        Needle all = needles.get(needle);
        for (ByteSet set : all.sets().subList(starts[needle], all.lengthBytes())) {
            text.append((char) set.next(0));
        }
        return text.toString();
    }
}
