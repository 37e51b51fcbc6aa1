package io.pickaroon.processor.scan;

/** Byte by byte: the reference for {@link VectorSieve}, and what runs without the Vector API. */
final class ScalarSieve implements Sieve {
    private final byte[] table0;
    private final byte[] table1;
    private final byte[] table2;
    private final byte[] table3;

    /** @param tables of {@link Sieve#POSITIONS} tables the entry for each of 256 bytes */
    ScalarSieve(byte[][] tables) {
        table0 = tables[0];
        table1 = tables[1];
        table2 = tables[2];
        table3 = tables[3];
    }

    @Override
    public int next(byte[] bytes, int from, int to) {
        int whole = Math.min(to, bytes.length - POSITIONS + 1);
        int i = from;
        for (; i < whole; i++) {
            if ((table0[bytes[i] & 0xff]
                            & table1[bytes[i + 1] & 0xff]
                            & table2[bytes[i + 2] & 0xff]
                            & table3[bytes[i + 3] & 0xff])
                    != 0) {
                return i;
            }
        }
        for (; i < to; i++) {
            int second = i + 1 < bytes.length ? table1[bytes[i + 1] & 0xff] : -1;
            int third = i + 2 < bytes.length ? table2[bytes[i + 2] & 0xff] : -1;
            if ((table0[bytes[i] & 0xff] & second & third) != 0) {
                return i;
            }
        }
        return -1;
    }
}
