package io.pickaroon.processor.search;

import java.util.stream.IntStream;

/**
 * Takes every branch of the loops over vectors some times before a scan does. The launcher has those loops compiled at
 * their first calls; a loop that is compiled before one of its branches was taken is compiled again when it reaches
 * that branch, in the middle of a scan.
 *
 * @param sieve of the search
 */
record VectorRehearsal(VectorByteSearch search, Sieve sieve) {
    private static final int ROUNDS = 20;
    private static final int LANES = VectorSieve.LANES;
    private static final int BITS_OF_TABLE = 8;

    /** @param tables those of the sieve, with its stride */
    void run(byte[][] tables, int stride) {
        byte[] bytes = new byte[6 * LANES + Sieve.POSITIONS * stride];
        for (int bit = 0; bit < BITS_OF_TABLE; bit++) {
            for (int position = 0; position < Sieve.POSITIONS; position++) {
                bytes[3 * LANES + position * stride] = (byte) admitted(tables[position], 1 << bit);
            }
            for (int round = 0; round < ROUNDS / BITS_OF_TABLE; round++) {
                run(bytes);
            }
        }
    }

    private void run(byte[] bytes) {
        byte there = bytes[3 * LANES];
        for (int from = 0; from <= 4 * LANES; from += 2 * LANES) {
            sieve.next(bytes, from, bytes.length);
            search.indexOf(bytes, from, bytes.length, there);
            search.lastIndexOf(bytes, from, bytes.length, there);
            search.count(bytes, from, bytes.length, there);
        }
    }

    private static int admitted(byte[] table, int bit) {
        return IntStream.range(0, table.length)
                .filter(value -> (table[value] & bit) != 0)
                .findFirst()
                .orElse(0);
    }
}
