package io.pickaroon.processor.scan;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many places at a time as the CPU's widest register holds bytes. A table is one register, and one instruction looks up
 * all bytes in it, by their low bits: six where a register holds 64 bytes. Bytes with the same low bits share an entry, so
 * what gets through is looked at once more.
 */
final class VectorSieve implements Sieve {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final byte[][] folded = new byte[POSITIONS][LANES];
    private final int stride;
    private final ScalarSieve scalar;

    /** As {@link ByteSearch#sieve} has it. */
    VectorSieve(byte[][] tables, int stride) {
        this.stride = stride;
        this.scalar = new ScalarSieve(tables, stride);
        for (int position = 0; position < POSITIONS; position++) {
            for (int value = 0; value < 256; value++) {
                folded[position][value & (LANES - 1)] |= tables[position][value];
            }
        }
    }

    @Override
    public int next(byte[] bytes, int from, int to) {
        ByteVector table0 = ByteVector.fromArray(SPECIES, folded[0], 0);
        ByteVector table1 = ByteVector.fromArray(SPECIES, folded[1], 0);
        ByteVector table2 = ByteVector.fromArray(SPECIES, folded[2], 0);
        ByteVector table3 = ByteVector.fromArray(SPECIES, folded[3], 0);
        int whole = Math.min(to, bytes.length - LANES - (POSITIONS - 1) * stride + 1);
        int i = from;
        for (; i < whole; i += LANES) {
            ByteVector shared = ByteVector.fromArray(SPECIES, bytes, i)
                    .selectFrom(table0)
                    .and(ByteVector.fromArray(SPECIES, bytes, i + stride).selectFrom(table1))
                    .and(ByteVector.fromArray(SPECIES, bytes, i + 2 * stride).selectFrom(table2))
                    .and(ByteVector.fromArray(SPECIES, bytes, i + 3 * stride).selectFrom(table3));
            VectorMask<Byte> through = shared.compare(VectorOperators.NE, 0);
            for (long left = through.toLong(); left != 0; left &= left - 1) {
                int place = i + Long.numberOfTrailingZeros(left);
                if (place >= to || scalar.admits(bytes, place)) {
                    return place < to ? place : -1;
                }
            }
        }
        return i < to ? scalar.next(bytes, i, to) : -1;
    }
}
