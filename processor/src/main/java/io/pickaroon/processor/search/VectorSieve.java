package io.pickaroon.processor.search;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/** As many places at a time as the CPU's widest register holds bytes; the tables then confirm what gets through. */
abstract sealed class VectorSieve implements Sieve permits VectorPairSieve, VectorTableSieve {
    static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    final int stride;
    private final ScalarSieve scalar;

    /** The parameters are those of {@link ByteSearch#sieve}. */
    VectorSieve(byte[][] tables, int stride) {
        this.stride = stride;
        this.scalar = new ScalarSieve(tables, stride);
    }

    /**
     * First index at or after {@code from} that may get through; or one at or after {@code whole}, if none before that
     * one does. Where {@code whole} is, {@code LANES} bytes at each position are still in the array.
     */
    abstract int firstPlace(byte[] bytes, int from, int whole);

    @Override
    public final int next(byte[] bytes, int from, int to) {
        int whole = Math.min(to, bytes.length - LANES - (POSITIONS - 1) * stride + 1);
        int place = firstPlace(bytes, from, whole);
        while (place < whole && !scalar.admits(bytes, place)) {
            place = firstPlace(bytes, place + 1, whole);
        }
        if (place < whole) {
            return place;
        }
        return place < to ? scalar.next(bytes, place, to) : -1;
    }
}
