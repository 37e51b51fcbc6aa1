package io.pickaroon.processor.search;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Looks every byte up. A table is one register, and one instruction looks up all bytes in it, by their low bits: six where
 * a register holds 64 bytes, five where it holds 32. Bytes with the same low bits share an entry.
 */
final class VectorTableSieve extends VectorSieve {
    private final byte[][] folded = new byte[POSITIONS][LANES];

    /** The parameters are those of {@link ByteSearch#sieve}. */
    VectorTableSieve(byte[][] tables, int stride) {
        super(tables, stride);
        for (int position = 0; position < POSITIONS; position++) {
            for (int value = 0; value < 256; value++) {
                folded[position][value & (LANES - 1)] |= tables[position][value];
            }
        }
    }

    @Override
    int firstPlace(byte[] bytes, int from, int whole) {
        ByteVector table0 = ByteVector.fromArray(SPECIES, folded[0], 0);
        ByteVector table1 = ByteVector.fromArray(SPECIES, folded[1], 0);
        ByteVector table2 = ByteVector.fromArray(SPECIES, folded[2], 0);
        ByteVector table3 = ByteVector.fromArray(SPECIES, folded[3], 0);
        int i = from;
        for (; i < whole; i += LANES) {
            ByteVector shared = ByteVector.fromArray(SPECIES, bytes, i)
                    .selectFrom(table0)
                    .and(ByteVector.fromArray(SPECIES, bytes, i + stride).selectFrom(table1))
                    .and(ByteVector.fromArray(SPECIES, bytes, i + 2 * stride).selectFrom(table2))
                    .and(ByteVector.fromArray(SPECIES, bytes, i + 3 * stride).selectFrom(table3));
            VectorMask<Byte> through = shared.compare(VectorOperators.NE, 0);
            if (through.anyTrue()) {
                return i + through.firstTrue();
            }
        }
        return i;
    }
}
