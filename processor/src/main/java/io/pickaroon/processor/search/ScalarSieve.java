package io.pickaroon.processor.search;

/** Byte by byte: the reference for {@link VectorSieve}, and what runs without the Vector API. */
final class ScalarSieve implements Sieve {
    private final byte[] table0;
    private final byte[] table1;
    private final byte[] table2;
    private final byte[] table3;
    private final int stride;

    /** The parameters are those of {@link ByteSearch#sieve}. */
    ScalarSieve(byte[][] tables, int stride) {
        this.stride = stride;
        table0 = tables[0];
        table1 = tables[1];
        table2 = tables[2];
        table3 = tables[3];
    }

    /** True if the tables admit this place; all of its bytes must be in the array. */
    boolean admits(byte[] bytes, int place) {
        return (table0[bytes[place] & 0xff]
                        & table1[bytes[place + stride] & 0xff]
                        & table2[bytes[place + 2 * stride] & 0xff]
                        & table3[bytes[place + 3 * stride] & 0xff])
                != 0;
    }

    @Override
    public int next(byte[] bytes, int from, int to) {
        int whole = Math.min(to, bytes.length - (POSITIONS - 1) * stride);
        int i = from;
        for (; i < whole; i++) {
            if (admits(bytes, i)) {
                return i;
            }
        }
        for (; i < to; i++) {
            int second = i + stride < bytes.length ? table1[bytes[i + stride] & 0xff] : -1;
            int third = i + 2 * stride < bytes.length ? table2[bytes[i + 2 * stride] & 0xff] : -1;
            if ((table0[bytes[i] & 0xff] & second & third) != 0) {
                return i;
            }
        }
        return -1;
    }
}
