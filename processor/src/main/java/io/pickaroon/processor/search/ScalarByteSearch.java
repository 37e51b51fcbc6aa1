package io.pickaroon.processor.search;

/** Byte by byte: the reference for {@link VectorByteSearch}, and what runs without the Vector API. */
public final class ScalarByteSearch implements ByteSearch {
    @Override
    public int indexOf(byte[] bytes, int from, int to, byte value) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int lastIndexOf(byte[] bytes, int from, int to, byte value) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int count(byte[] bytes, int from, int to, byte value) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == value ? 1 : 0;
        }
        return count;
    }

    @Override
    public int indexOfPair(byte[] bytes, int from, int to, Pair pair) {
        int distance = pair.distance();
        for (int i = from; i < to - distance; i++) {
            byte a = bytes[i];
            byte b = bytes[i + distance];
            if ((a == pair.first() || a == pair.firstAlt()) && (b == pair.second() || b == pair.secondAlt())) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Sieve sieve(NeedleWindows windows) {
        ScalarSieve everyPlace = new ScalarSieve(windows.tables(), windows.stride());
        return SampledSieve.of(windows, everyPlace).orElse(everyPlace);
    }
}
