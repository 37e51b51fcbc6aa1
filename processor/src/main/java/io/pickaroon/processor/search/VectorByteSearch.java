package io.pickaroon.processor.search;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** As many bytes at a time as the CPU's widest register holds; the rest byte by byte. */
public final class VectorByteSearch implements ByteSearch {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final ScalarByteSearch scalar = new ScalarByteSearch();

    @Override
    public int indexOf(byte[] bytes, int from, int to, byte value) {
        int i = from;
        for (; i <= to - LANES; i += LANES) {
            VectorMask<Byte> found = ByteVector.fromArray(SPECIES, bytes, i).eq(value);
            if (found.anyTrue()) {
                return i + found.firstTrue();
            }
        }
        return scalar.indexOf(bytes, i, to, value);
    }

    @Override
    public int lastIndexOf(byte[] bytes, int from, int to, byte value) {
        int end = to;
        for (; end - LANES >= from; end -= LANES) {
            VectorMask<Byte> found =
                    ByteVector.fromArray(SPECIES, bytes, end - LANES).eq(value);
            if (found.anyTrue()) {
                return end - LANES + found.lastTrue();
            }
        }
        return scalar.lastIndexOf(bytes, from, end, value);
    }

    @Override
    public int count(byte[] bytes, int from, int to, byte value) {
        int count = 0;
        int i = from;
        for (; i <= to - LANES; i += LANES) {
            count += ByteVector.fromArray(SPECIES, bytes, i).eq(value).trueCount();
        }
        return count + scalar.count(bytes, i, to, value);
    }

    @Override
    public int indexOfPair(byte[] bytes, int from, int to, Pair pair) {
        int distance = pair.distance();
        boolean oneCase = pair.first() == pair.firstAlt() && pair.second() == pair.secondAlt();
        int i = from;
        for (; i <= to - distance - LANES; i += LANES) {
            ByteVector a = ByteVector.fromArray(SPECIES, bytes, i);
            ByteVector b = ByteVector.fromArray(SPECIES, bytes, i + distance);
            VectorMask<Byte> found = oneCase
                    ? a.eq(pair.first()).and(b.eq(pair.second()))
                    : a.eq(pair.first())
                            .or(a.eq(pair.firstAlt()))
                            .and(b.eq(pair.second()).or(b.eq(pair.secondAlt())));
            if (found.anyTrue()) {
                return i + found.firstTrue();
            }
        }
        return scalar.indexOfPair(bytes, i, to, pair);
    }

    @Override
    public Sieve sieve(NeedleWindows windows) {
        byte[][] tables = windows.tables();
        int stride = windows.stride();
        Sieve sieve = VectorPairSieve.of(tables, stride).orElseGet(() -> new VectorTableSieve(tables, stride));
        new VectorRehearsal(this, sieve).run(tables, stride);
        return sieve;
    }
}
